using System.Text;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Chat.Daemon.Storage.Sqlite;

/// <summary>
/// A prepared statement, bound without ADO.NET, which takes nearly twice the CPU and four times the memory per row. For one thread at a
/// time. Call <see cref="Reset"/> after each use.
/// </summary>
internal sealed class RawStatement : IDisposable
{
    /// <summary>Characters of a text that is encoded on the stack.</summary>
    private const int MostOnStack = 500;

    private readonly sqlite3 database;
    private readonly sqlite3_stmt statement;

    public RawStatement(sqlite3 database, string sql)
    {
        this.database = database;
        var result = raw.sqlite3_prepare_v3(database, sql, raw.SQLITE_PREPARE_PERSISTENT, out statement);
        if (result != raw.SQLITE_OK) Throw(result);
    }

    public RawStatement Bind(int parameter, long value)
    {
        Check(raw.sqlite3_bind_int64(statement, parameter, value));
        return this;
    }

    public RawStatement Bind(int parameter, long? value)
    {
        Check(value is { } number ? raw.sqlite3_bind_int64(statement, parameter, number) : raw.sqlite3_bind_null(statement, parameter));
        return this;
    }

    public RawStatement Bind(int parameter, string? text)
    {
        if (text is null) Check(raw.sqlite3_bind_null(statement, parameter));
        else if (text.Length is 0 or > MostOnStack) Check(raw.sqlite3_bind_text(statement, parameter, text));
        else BindShort(parameter, text);
        return this;
    }

    /// <param name="text">UTF-8, not empty.</param>
    public RawStatement Bind(int parameter, ReadOnlySpan<byte> text)
    {
        Check(raw.sqlite3_bind_text(statement, parameter, text));
        return this;
    }

    /// <returns>False if there is no row.</returns>
    public bool Step()
    {
        var result = raw.sqlite3_step(statement);
        if (result is not (raw.SQLITE_ROW or raw.SQLITE_DONE)) Throw(result);
        return result == raw.SQLITE_ROW;
    }

    /// <summary>Runs a statement that has no rows.</summary>
    public void Run()
    {
        try
        {
            Step();
        }
        finally
        {
            Reset();
        }
    }

    public long Number(int column) => raw.sqlite3_column_int64(statement, column);

    public string Text(int column) => raw.sqlite3_column_text(statement, column).utf8_to_string();

    public void Reset() => raw.sqlite3_reset(statement); // repeats the error of the step, which has thrown

    public void Dispose() => statement.Dispose();

    /// <summary>Without an array for each text, which SQLitePCL makes of a string. (Of an empty span it would make a null.)</summary>
    private void BindShort(int parameter, string text)
    {
        Span<byte> bytes = stackalloc byte[3 * MostOnStack];
        Check(raw.sqlite3_bind_text(statement, parameter, bytes[..Encoding.UTF8.GetBytes(text, bytes)]));
    }

    /// <summary>A failed bind would leave the previous row's value in place.</summary>
    private void Check(int result)
    {
        if (result != raw.SQLITE_OK) Throw(result);
    }

    private void Throw(int result) => SqliteException.ThrowExceptionForRC(result, database);
}

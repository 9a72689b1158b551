using System.Data.Common;
using Chat.Daemon.Storage.Postgres;

namespace Chat.Daemon.Storage;

/// <summary>A statement that is run many times with other numbers, within one write.</summary>
internal sealed class RepeatedStatement : IDisposable
{
    private readonly DbCommand command;
    private readonly int[] places;

    /// <param name="parameters">Those that the statement has.</param>
    public RepeatedStatement(DbConnection connection, string sql, params ReadOnlySpan<string> parameters)
    {
        var values = new (string Name, object? Value)[parameters.Length];
        places = new int[parameters.Length];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = (parameters[i], 0L);
            places[i] = Sql.IsFile(connection) ? i : PostgresText.IndexOf(sql, parameters[i]);
        }
        command = Sql.Command(connection, sql, values);
    }

    /// <param name="values">In the order of the parameters.</param>
    public void Run(params ReadOnlySpan<long> values)
    {
        for (var i = 0; i < values.Length; i++) command.Parameters[places[i]].Value = values[i];
        command.ExecuteNonQuery();
    }

    public void Dispose() => command.Dispose();
}

using Npgsql;
using NpgsqlTypes;

namespace Chat.Daemon.Storage.Migration;

/// <summary>One statement a batch. The words of messages are made of their texts, as <see cref="Postgres.PostgresAppend"/> does.</summary>
internal sealed class ServerInsert : IRowInsert
{
    private readonly NpgsqlCommand command;
    private readonly MigratedTable table;
    private readonly List<string> columns;
    private readonly WordFolder? folder;
    private readonly List<NpgsqlDbType> types;

    public ServerInsert(NpgsqlConnection connection, MigratedTable table, List<string> columns)
    {
        (this.table, this.columns) = (table, columns);
        var known = Sql.Rows(
            connection,
            "SELECT CAST(column_name AS TEXT), CAST(data_type AS TEXT) FROM information_schema.columns "
            + "WHERE table_schema = current_schema() AND table_name = $table",
            row => (row.GetString(0), TypeOf(row.GetString(1))), ("$table", table.Name)).ToDictionary();
        types = [.. columns.Select(column => known[column])];
        List<string> names = [.. columns], values = [.. columns];
        if (known.ContainsKey(MigratedTable.WordsColumn))
        {
            folder = new WordFolder();
            types.Add(NpgsqlDbType.Text);
            names.Add(MigratedTable.WordsColumn);
            values.Add($"array_to_tsvector(string_to_array({MigratedTable.WordsColumn}, ' '))");
        }
        command = new NpgsqlCommand(
            $"""
            INSERT INTO {table.Name}({string.Join(", ", names)}) SELECT {string.Join(", ", values)}
            FROM unnest({string.Join(", ", names.Select((_, index) => $"${index + 1}"))}) AS given({string.Join(", ", names)})
            """,
            connection);
        foreach (var type in types) command.Parameters.Add(new NpgsqlParameter { NpgsqlDbType = NpgsqlDbType.Array | type });
    }

    /// <exception cref="DatabaseUnusableException">PostgreSQL has no character U+0000.</exception>
    public void Insert(IReadOnlyList<object?[]> rows)
    {
        for (var i = 0; i < columns.Count; i++) command.Parameters[i].Value = Values(rows, i);
        if (folder is not null) command.Parameters[columns.Count].Value = rows.Select(WordsOf).ToArray();
        command.ExecuteNonQuery();
    }

    public void Dispose() => command.Dispose();

    private Array Values(IReadOnlyList<object?[]> rows, int column) => types[column] switch
    {
        NpgsqlDbType.Bigint => rows.Select(row => (long?)row[column]).ToArray(),
        NpgsqlDbType.Boolean => rows.Select(row => row[column] is long value ? value != 0 : (bool?)null).ToArray(),
        NpgsqlDbType.Bytea => rows.Select(row => (byte[]?)row[column]).ToArray(),
        _ => rows.Select(row => Text(row, column)).ToArray(),
    };

    private string? Text(object?[] row, int column)
    {
        var text = (string?)row[column];
        if (text is null || !text.Contains('\0')) return text;
        var key = string.Join(' ', table.Key.Select(name => $"{name} {row[columns.IndexOf(name)]}"));
        throw new DatabaseUnusableException(texts => texts.NoZeroCharacter(table.Name, columns[column], key));
    }

    /// <summary>Those of an erased text are not searched.</summary>
    private string? WordsOf(object?[] row) =>
        row[columns.IndexOf("erased")] is 1L ? null : folder!.Fold((string)row[columns.IndexOf("text")]!).ToString();

    private static NpgsqlDbType TypeOf(string name) => name switch
    {
        "bigint" => NpgsqlDbType.Bigint,
        "text" => NpgsqlDbType.Text,
        "bytea" => NpgsqlDbType.Bytea,
        "boolean" => NpgsqlDbType.Boolean,
        "tsvector" => NpgsqlDbType.TsVector,
        _ => throw new NotSupportedException($"A column of the type {name} is not copied."),
    };
}

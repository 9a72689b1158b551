using System.Globalization;

namespace Chat.Daemon.Storage.Migration;

/// <summary>
/// Copies a database from one engine to the other. It can be killed at any time: rows are inserted in the order of their keys, a batch in a
/// transaction, so the last row that the target has says where to go on.
/// </summary>
/// <param name="program">The version of chatd: another one may copy other tables.</param>
/// <param name="tell">Called with a table, the rows that are done and the rows that it has.</param>
internal sealed class DatabaseMigration(
    IMigrationSource source, IMigrationTarget target, string program, Action<MigratedTable, long, long> tell)
{
    private readonly string fingerprint = $"{source.Fingerprint} chatd {program}";

    /// <returns>The rows that the copy has, and the conversations.</returns>
    /// <exception cref="StorageUnusableException">The target has something else, or the copy is not equal.</exception>
    public async Task<(long Rows, long Conversations)> RunAsync()
    {
        if (target.Mark is null) target.SetMark(new MigrationMark(fingerprint, IsChecked: false));
        else if (target.Mark.Source != fingerprint && !(target.Mark.IsChecked && source.Epoch is null)) throw Other();
        if (!target.Mark!.IsChecked) await Task.Run(Copy);
        var (difference, rows, conversations) = await CompareAsync();
        if (difference is not null) throw target.Mark.Source == fingerprint ? difference : Other();
        if (!target.Mark.IsChecked)
        {
            Sql.Execute(target.Connection, "UPDATE epoch SET value = $epoch", ("$epoch", source.Epoch));
            target.SetMark(target.Mark with { IsChecked = true });
        }
        // From here on, only one of both may continue the numbering under its names.
        if (source.Epoch is not null) source.ForgetEpoch();
        target.Finish();
        return (rows, conversations);
    }

    private void Copy()
    {
        var copy = new TableCopy(source, target);
        foreach (var table in MigratedTable.All)
        {
            var total = TableShape.Count(source.Connection, table);
            copy.Run(table, done => tell(table, done, total));
        }
    }

    private async Task<(StorageUnusableException? Difference, long Rows, long Conversations)> CompareAsync()
    {
        var (all, conversations) = (0L, 0L);
        foreach (var table in MigratedTable.All)
        {
            var digests = await Task.WhenAll(
                Task.Run(() => TableDigest.Of(source.Connection, table)), Task.Run(() => TableDigest.Of(target.Connection, table)));
            if (TableDigest.Difference(digests[0], digests[1]) is { } place)
            {
                var (expected, found) = (digests[0].GetValueOrDefault(place).Rows, digests[1].GetValueOrDefault(place).Rows);
                return (new DatabaseUnusableException(texts => texts.CopyDiffers(
                    target.Place, table.Name, place.ToString(CultureInfo.InvariantCulture), expected, found)), all, conversations);
            }
            all += digests[0].Values.Sum(one => one.Rows);
            if (table.Name == "conversations") conversations = digests[0].Count;
        }
        return (null, all, conversations);
    }

    private DatabaseUnusableException Other() => new(texts => texts.CopyOfAnother(target.Place));
}

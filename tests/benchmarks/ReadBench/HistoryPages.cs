using System.Diagnostics;
using Chat.Daemon.Storage;
using Microsoft.Data.Sqlite;

namespace ReadBench;

/// <summary>Pages of 500 of the longest messages, of which few fit into a frame.</summary>
internal static class HistoryPages
{
    private const int Messages = 500, Pages = 200, Connections = 50, Pipelined = 20;
    private const string Request = """{"type":"history","room":"longa","limit":500}""";

    private static readonly TimeSpan Length = TimeSpan.FromSeconds(10);

    public static async Task RunAsync()
    {
        await using var daemon = await MeasuredDaemon.StartAsync(Fill);
        using var reader = await RawClient.LoginAsync(daemon.Port, "leitor", "longa");
        for (var i = 0; i < Pages; i++) await AskAsync(reader); // compiled by now
        var cost = await daemon.ProcessorPerAsync(Pages, async () =>
        {
            for (var i = 0; i < Pages; i++) await AskAsync(reader);
        });
        Console.WriteLine(FormattableString.Invariant($"history, {Messages} of the longest messages: {cost:F2} ms CPU per page"));

        using var bystander = await RawClient.LoginAsync(daemon.Port, "outro", "outra");
        var quiet = await Bystander.WriteWhileAsync(Task.Delay(Length / 2), bystander, "outra");
        var before = daemon.Memory.Now;
        daemon.ResetPeak();
        var flood = Task.WhenAll(Enumerable.Range(0, Connections).Select(i => PipelineAsync(daemon.Port, $"l{i}")));
        var disturbed = await Bystander.WriteWhileAsync(flood, bystander, "outra");
        Console.WriteLine($"  {Connections} connections pipeline it, {flood.Result.Sum()} pages in {Length.TotalSeconds} s: "
            + $"memory {before} MiB, at most {daemon.Memory.Peak} MiB");
        Console.WriteLine($"  others before: {Bystander.Shown(quiet)}");
        Console.WriteLine($"  others meanwhile: {Bystander.Shown(disturbed)}");
    }

    private static async Task AskAsync(RawClient reader)
    {
        await reader.SendAsync(Request);
        await reader.UntilAsync("history");
    }

    /// <summary>Always has some requests under way.</summary>
    private static async Task<int> PipelineAsync(int port, string user)
    {
        using var client = await RawClient.LoginAsync(port, user, "longa");
        var (began, pages) = (Stopwatch.GetTimestamp(), 0);
        await client.SendAsync(string.Join('\n', Enumerable.Repeat(Request, Pipelined)));
        while (Stopwatch.GetElapsedTime(began) < Length)
        {
            await client.UntilAsync("history");
            await client.SendAsync(Request);
            pages++;
        }
        return pages;
    }

    private static void Fill(SqliteConnection connection)
    {
        Sql.Execute(connection, """
            INSERT INTO conversations(kind, name_key, name, created_at, creator) VALUES ('room', 'longa', 'longa', 0, 'a1')
            """);
        var room = Sql.Number(connection, "SELECT max(id) FROM conversations");
        var text = string.Concat(Enumerable.Repeat("🙂", 4_000));
        for (var seq = 1; seq <= Messages; seq++)
        {
            Sql.Execute(
                connection,
                "INSERT INTO messages(conversation, seq, sender, at, text, session, erased) VALUES ($room, $seq, 'ana', 1, $text, 1, 0)",
                ("$room", room), ("$seq", seq), ("$text", text));
        }
    }
}

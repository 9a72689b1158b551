using System.Diagnostics;

namespace ReadBench;

/// <summary>The members of a full room, alone and while others join and leave.</summary>
internal static class MemberPages
{
    private const int Members = 5_000, Pages = 300, Connections = 10;
    private const string Request = """{"type":"members","room":"cheia"}""";

    private static readonly TimeSpan Length = TimeSpan.FromSeconds(10);

    public static async Task RunAsync()
    {
        await using var daemon = await MeasuredDaemon.StartAsync(_ => { });
        var crowd = new List<RawClient>();
        for (var i = 0; i < Members; i++) crowd.Add(await RawClient.LoginAsync(daemon.Port, $"membro{i:0000}", "cheia"));
        var reading = Task.WhenAll(crowd.Skip(1).Select(ReadAsync));
        using var reader = crowd[0];
        for (var i = 0; i < Pages; i++) await AskAsync(reader);
        var cost = await daemon.ProcessorPerAsync(Pages, async () =>
        {
            for (var i = 0; i < Pages; i++) await AskAsync(reader);
        });
        var last = """{"type":"members","room":"cheia","after":"membro4990"}""";
        var small = await daemon.ProcessorPerAsync(Pages, async () =>
        {
            for (var i = 0; i < Pages; i++) await AskAsync(reader, last);
        });
        Console.WriteLine(FormattableString.Invariant(
            $"members, a room of {Members:N0}: {cost:F2} ms CPU for the whole list, {small:F2} ms for a page of ten"));

        using var writer = await RawClient.LoginAsync(daemon.Port, "zelia", "vazia");
        var quiet = await Bystander.WriteWhileAsync(Task.Delay(Length / 2), writer, "vazia");
        var flood = Task.WhenAll(Enumerable.Range(0, Connections).Select(i => FloodAsync(daemon.Port, $"l{i}")));
        var disturbed = await Bystander.WriteWhileAsync(flood, writer, "vazia");
        Console.WriteLine($"  {Connections} connections pipeline it, {flood.Result.Sum()} pages in {Length.TotalSeconds} s");
        Console.WriteLine($"  others before: {Bystander.Shown(quiet)}");
        Console.WriteLine($"  others meanwhile: {Bystander.Shown(disturbed)}");
        await MeasurePresenceAsync(daemon);
        foreach (var client in crowd) client.Dispose();
        await reading;
    }

    /// <summary>
    /// A user who joins, leaves and lists the members in turn; a frame to each member for each round is what must not be.
    /// </summary>
    private static async Task MeasurePresenceAsync(MeasuredDaemon daemon)
    {
        using var lister = await RawClient.LoginAsync(daemon.Port, "lister", "cheia");
        using var flapper = await RawClient.LoginAsync(daemon.Port, "flapper");
        var (began, rounds) = (Stopwatch.GetTimestamp(), 0);
        var processor = daemon.ProcessorTime;
        while (Stopwatch.GetElapsedTime(began) < Length / 2)
        {
            await flapper.SendAsync("""{"type":"join","room":"cheia"}""");
            await flapper.UntilAsync("joined");
            await AskAsync(lister, """{"type":"members","room":"cheia","after":"zz"}""");
            await flapper.SendAsync("""{"type":"leave","room":"cheia"}""");
            await flapper.UntilAsync("left");
            rounds++;
        }
        var spent = (daemon.ProcessorTime - processor).TotalMilliseconds;
        Console.WriteLine(FormattableString.Invariant(
            $"  join, members and leave in turn: {rounds} rounds in {Stopwatch.GetElapsedTime(began).TotalSeconds:F1} s, ")
            + FormattableString.Invariant($"{spent / rounds:F2} ms CPU each"));
    }

    private static Task AskAsync(RawClient reader) => AskAsync(reader, Request);

    private static async Task AskAsync(RawClient reader, string request)
    {
        await reader.SendAsync(request);
        await reader.UntilAsync("members");
    }

    private static async Task<int> FloodAsync(int port, string user)
    {
        using var client = await RawClient.LoginAsync(port, user, "cheia");
        var (began, pages) = (Stopwatch.GetTimestamp(), 0);
        for (; Stopwatch.GetElapsedTime(began) < Length; pages++) await AskAsync(client);
        return pages;
    }

    /// <summary>Reads what the daemon sends until the connection ends, as any client does.</summary>
    private static async Task ReadAsync(RawClient client)
    {
        try
        {
            while (true) await client.ReadLineAsync();
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException or InvalidOperationException)
        {
            // The measurement is over.
        }
    }
}

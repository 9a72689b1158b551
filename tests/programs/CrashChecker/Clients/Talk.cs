namespace CrashChecker.Clients;

/// <summary>What a client says and asks, by its own random numbers.</summary>
internal sealed class Talk(ChatterPlan plan)
{
    /// <summary>Far below the 1,000 that a client may keep without an echo.</summary>
    private const int MostUnanswered = 60;

    private readonly Random random = new(plan.Seed);
    private readonly Texts texts = new(plan);
    private readonly ChangeMaker changes = new(plan);
    private int messages;

    /// <summary>Acts until <paramref name="enough"/>.</summary>
    /// <exception cref="IOException">The connection ended.</exception>
    public async Task RunAsync(Link link, Memory memory, IReadOnlyList<Place> rooms, IReadOnlyList<Place> directs, CancellationToken enough)
    {
        while (!enough.IsCancellationRequested)
        {
            if (link.Ended.IsCompleted) throw new IOException("the connection ended");
            await ActAsync(link, memory, rooms, directs);
            await SendUncertainAsync(link, memory);
            await EndedOrAsync(link, Task.Delay(random.Next(plan.PauseMilliseconds + 1), CancellationToken.None));
        }
    }

    /// <summary>Waits until every message is answered.</summary>
    public static async Task FinishAsync(Link link, Memory memory, CancellationToken giveUp)
    {
        while (memory.Unanswered.Count > 0)
        {
            await EndedOrAsync(link, Task.WhenAny(memory.UnansweredBelowAsync(0, giveUp), Task.Delay(200, giveUp)));
            giveUp.ThrowIfCancellationRequested();
            await SendUncertainAsync(link, memory);
        }
    }

    /// <summary>Sends what was answered again, sometimes: it has the same number, even outside the room.</summary>
    public async Task ProveEchoesAsync(Link link, Memory memory)
    {
        if (random.Next(3) == 0 && memory.SomeAnswered(random) is { } sent) await link.SayAsync([sent], again: true);
    }

    private Task ActAsync(Link link, Memory memory, IReadOnlyList<Place> rooms, IReadOnlyList<Place> directs) => random.Next(100) switch
    {
        < 3 => ProveEchoesAsync(link, memory),
        < 5 => PageAsync(link, rooms[random.Next(rooms.Count)]),
        < 7 => link.AskAsync(Frames.Of("command", ("name", "versao"))),
        < 8 => link.AskAsync(Frames.Of("members", ("room", rooms[random.Next(rooms.Count)].Name))),
        < 9 => link.AskAsync(Frames.Of("ping")),
        < 10 when random.Next(4) == 0 => throw new IOException("breaks off"),
        < 25 when plan.Writes => ChangeAsync(link, memory, [.. rooms, .. directs]),
        _ when plan.Writes => SayAsync(link, memory, rooms, directs),
        _ => Task.CompletedTask,
    };

    private async Task SayAsync(Link link, Memory memory, IReadOnlyList<Place> rooms, IReadOnlyList<Place> directs)
    {
        var burst = new List<Outgoing>();
        for (var count = random.Next(1, plan.Burst + 1); count > 0; count--)
        {
            var place = directs.Count > 0 && random.Next(3) == 0 ? directs[random.Next(directs.Count)] : rooms[random.Next(rooms.Count)];
            burst.Add(new OutgoingMessage(place, $"m{++messages}", texts.Next()));
        }
        foreach (var message in burst) memory.Keep(message);
        await link.SayAsync(burst, again: false);
        using var ended = new CancellationTokenSource();
        await EndedOrAsync(link, memory.UnansweredBelowAsync(MostUnanswered, ended.Token), ended);
    }

    private async Task ChangeAsync(Link link, Memory memory, IReadOnlyList<Place> places)
    {
        if (changes.Next(memory, places, texts) is not { } change) return;
        memory.Keep(change);
        await link.SayAsync([change], again: false);
    }

    private async Task PageAsync(Link link, Place room)
    {
        var page = room.History(0);
        page.Remove("after");
        if (random.Next(2) == 0) page["before"] = random.Next(1, 1000);
        page["limit"] = random.Next(1, 100);
        link.Note(room, await link.AskAsync(page));
    }

    private static async Task SendUncertainAsync(Link link, Memory memory)
    {
        var uncertain = new HashSet<string>();
        while (link.Uncertain.TryDequeue(out var id)) uncertain.Add(id);
        if (uncertain.Count > 0) await link.SayAsync([.. memory.Unanswered.Where(message => uncertain.Contains(message.Id))], again: true);
    }

    private static async Task EndedOrAsync(Link link, Task awaited, CancellationTokenSource? cancellation = null)
    {
        await Task.WhenAny(awaited, link.Ended);
        if (link.Ended.IsCompleted && cancellation is not null) await cancellation.CancelAsync();
        if (!awaited.IsCompletedSuccessfully) throw new IOException("the connection ended");
    }
}

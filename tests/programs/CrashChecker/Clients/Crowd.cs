namespace CrashChecker.Clients;

/// <summary>
/// The clients: two accounts with two sessions each, guests, one that only reads, and one that comes late and goes again. Accounts
/// and guests write to each other directly.
/// </summary>
internal sealed class Crowd(int seed, Func<CancellationToken, Task<int>> port, Observations observations) : IDisposable
{
    private const string Password = "battery staple";

    private static readonly string[] Accounts = ["ana", "bia"];
    private static readonly string[] Guests = ["caio", "davi"];

    private readonly CancellationTokenSource enough = new();
    private readonly CancellationTokenSource giveUp = new();
    private readonly List<(Chatter Chatter, Task Running)> staying = [];
    private (Chatter Chatter, Task Running, CancellationTokenSource Leaves)? visitor;
    private readonly List<string> earlierRooms = [];
    private int visitors;

    /// <summary>Makes a plan of the usual one.</summary>
    public Func<ChatterPlan, ChatterPlan> Adjust { get; init; } = plan => plan;

    public IReadOnlyList<ChatterPlan> Plans => [.. Staying.Select(chatter => chatter.Plan)];

    public IReadOnlyList<string> Rooms { get; private set; } = [];

    /// <summary>Logs everybody in, on a daemon that runs.</summary>
    public async Task EnterAsync(IReadOnlyList<string> rooms)
    {
        Rooms = rooms;
        await Admin.RegisterAsync(await port(CancellationToken.None), Accounts.Select(account => (account, Password)));
        foreach (var plan in UsualPlans().Select(Adjust))
        {
            var chatter = new Chatter(plan, port, observations);
            await chatter.ConnectAsync(CancellationToken.None);
            staying.Add((chatter, chatter.RunAsync(enough.Token, giveUp.Token)));
        }
    }

    /// <summary>Everybody enters other rooms, from the next connection on.</summary>
    public void MoveTo(IReadOnlyList<string> rooms)
    {
        earlierRooms.AddRange(Rooms);
        Rooms = rooms;
        foreach (var (chatter, _) in staying) chatter.MoveTo(rooms);
    }

    /// <summary>The current visitor finishes and leaves; a new one comes that has not read the rooms.</summary>
    public async Task ChangeVisitorAsync()
    {
        await DismissVisitorAsync();
        var name = $"visita{++visitors}";
        var plan = new ChatterPlan(name, name, null, Rooms, []) { Seed = HashCode.Combine(seed, visitors), Writes = visitors % 2 == 0 };
        var (chatter, leaves) = (new Chatter(plan, port, observations), new CancellationTokenSource());
        visitor = (chatter, chatter.RunAsync(leaves.Token, giveUp.Token), leaves);
    }

    /// <summary>
    /// Nobody writes any more. Everything is answered, everybody has got it and has read everything again; only then does this complete.
    /// </summary>
    public async Task LeaveAsync(TimeSpan patience)
    {
        await DismissVisitorAsync();
        await enough.CancelAsync();
        await Task.WhenAll(staying.Select(one => one.Running)).WaitAsync(patience);
        foreach (var chatter in Staying) await chatter.PingAsync(); // what they wrote is queued to everybody
        foreach (var chatter in Staying) await chatter.PingAsync(); // and has arrived
        foreach (var chatter in Staying) chatter.Settle();
        foreach (var chatter in Staying) await chatter.ReadAllAsync();
        await Staying.Last().ReadAgainAsync(earlierRooms);
    }

    /// <summary>Everybody gives up, with messages unanswered. The daemon must be down.</summary>
    public async Task AbandonAsync()
    {
        await giveUp.CancelAsync();
        foreach (var (_, running) in staying) await running.ContinueWith(_ => { }, TaskScheduler.Default);
    }

    public void Dispose()
    {
        foreach (var chatter in Staying) chatter.Dispose();
        visitor?.Chatter.Dispose();
        visitor?.Leaves.Dispose();
        enough.Dispose();
        giveUp.Dispose();
    }

    private IEnumerable<Chatter> Staying => staying.Select(one => one.Chatter);

    private async Task DismissVisitorAsync()
    {
        if (visitor is not var (chatter, running, leaves)) return;
        await leaves.CancelAsync();
        await running.WaitAsync(TimeSpan.FromMinutes(2));
        chatter.Dispose();
        leaves.Dispose();
        visitor = null;
    }

    private IEnumerable<ChatterPlan> UsualPlans()
    {
        var number = 0;
        foreach (var account in Accounts)
            foreach (var session in (int[])[1, 2])
                yield return new($"{account}{session}", account, Password, Rooms, Accounts) { Seed = HashCode.Combine(seed, ++number) };
        foreach (var guest in Guests)
            yield return new(guest, guest, null, Rooms, Guests) { Seed = HashCode.Combine(seed, ++number) };
        yield return new("leitor", "leitor", null, Rooms, []) { Seed = HashCode.Combine(seed, ++number), Writes = false };
    }
}

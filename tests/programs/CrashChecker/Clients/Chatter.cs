using System.Net.Sockets;
using System.Text.Json;

namespace CrashChecker.Clients;

/// <summary>
/// A client that talks for as long as it may, over as many connections as it takes: it comes back with its token, reads what it missed and
/// sends again what was not answered.
/// </summary>
/// <param name="port">Waits until the daemon listens.</param>
/// <param name="past">What it knows from before, if anything.</param>
internal sealed class Chatter(
    ChatterPlan plan, Func<CancellationToken, Task<int>> port, Observations observations, Memory? past = null) : IDisposable
{
    /// <summary>Of all clients: the judge tells connections by their names.</summary>
    private static int connections;

    private readonly Memory memory = past ?? new(plan.Session);
    private readonly Talk talk = new(plan);
    private string name = plan.User;
    private Link? link;

    public ChatterPlan Plan => plan;

    public IReadOnlyList<Place> Rooms { get; private set; } = [.. plan.Rooms.Select(Place.Room)];

    public IReadOnlyList<Place> Directs { get; } = [.. plan.Partners.Select(partner => Place.Direct(plan.User, partner))];

    /// <summary>Runs when it has come back and read everything, before it sends anything.</summary>
    public Func<Task> BeforeSendingAgain { get; init; } = () => Task.CompletedTask;

    public bool IsConnected => link is { Ended.IsCompleted: false };

    private Link Link => link ?? throw new InvalidOperationException($"{plan.Session} is not connected");

    /// <summary>Enters other rooms with its next connection.</summary>
    public void MoveTo(IReadOnlyList<string> rooms) => Rooms = [.. rooms.Select(Place.Room)];

    /// <summary>Talks until <paramref name="enough"/>, then until everything is answered. Leaves the connection open.</summary>
    /// <param name="giveUp">Ends it at once.</param>
    public async Task RunAsync(CancellationToken enough, CancellationToken giveUp)
    {
        while (true)
        {
            giveUp.ThrowIfCancellationRequested();
            try
            {
                await ConnectAsync(giveUp);
                await talk.RunAsync(Link, memory, Rooms, Directs, enough);
                await Talk.FinishAsync(Link, memory, giveUp);
                return;
            }
            catch (Exception e) when (e is IOException or SocketException)
            {
                await Task.Delay(10, giveUp); // the daemon is down, or has taken over or cut this connection
            }
        }
    }

    /// <summary>Logs in, by token if it has one, enters its rooms and reads what it missed.</summary>
    public async Task ConnectAsync(CancellationToken cancellation)
    {
        var old = link; // still open after a break of its own: the daemon ends it
        var wire = await Wire.ConnectAsync(await port(cancellation), cancellation);
        link = new Link(wire, $"{plan.Session}.{Interlocked.Increment(ref connections)}", memory, observations) { Directs = Directs };
        Link.Start();
        await LoginAsync(cancellation);
        if (old is not null) await old.Ended.WaitAsync(cancellation);
        old?.Dispose();
        var reading = new Reading(Link, memory, observations);
        // First: a direct message that a power loss took is accepted again, and the judge must have seen that it was gone.
        foreach (var direct in Directs)
        {
            await reading.ReadAsync(direct, memory.Cursor(direct.Key));
            await reading.ResumeAsync(direct);
        }
        foreach (var room in Rooms) await reading.JoinAsync(room, memory.Cursor(room.Key));
        await BeforeSendingAgain();
        await talk.ProveEchoesAsync(Link, memory);
        await Link.SayAsync(memory.Unanswered, again: true);
    }

    /// <summary>Completes when everything that the daemon did before has arrived.</summary>
    public Task PingAsync() => Link.AskAsync(Frames.Of("ping"));

    public void Settle() => Link.Settle([.. Rooms, .. Directs]);

    /// <summary>Reads all its conversations from the beginning.</summary>
    public async Task ReadAllAsync()
    {
        var reading = new Reading(Link, memory, observations);
        foreach (var place in (Place[])[.. Rooms, .. Directs]) await reading.ReadAsync(place, 0);
    }

    /// <summary>Reads rooms that it left long ago.</summary>
    public async Task ReadAgainAsync(IEnumerable<string> rooms)
    {
        var reading = new Reading(Link, memory, observations);
        foreach (var room in rooms)
        {
            await reading.JoinAsync(Place.Room(room), 0);
            await Link.AskAsync(Frames.Of("leave", ("room", room)));
        }
    }

    /// <summary>Messages without an answer.</summary>
    public IReadOnlyList<Outgoing> Unanswered => memory.Unanswered;

    public void Dispose() => link?.Dispose();

    private async Task LoginAsync(CancellationToken cancellation)
    {
        while (true)
        {
            var answer = await Link.AskAsync(memory.Token is { } token
                ? Frames.Of("login", ("token", token), ("rooms", new System.Text.Json.Nodes.JsonArray()))
                : ByName());
            if (!Frames.IsError(answer)) return;
            await RefusedAsync(answer, cancellation);
        }
    }

    private System.Text.Json.Nodes.JsonObject ByName()
    {
        var login = Frames.Of("login", ("user", name), ("rooms", new System.Text.Json.Nodes.JsonArray()), ("client", "crash-checker"));
        if (plan.Password is { } password) login["password"] = password;
        return login;
    }

    private async Task RefusedAsync(JsonElement answer, CancellationToken cancellation)
    {
        var code = Frames.Code(answer);
        if (memory.Token is not null && code == "bad_token")
        {
            observations.Add(new Judging.Observation.TokenRefused(plan.Session, code));
            throw new SessionLostException($"the token of {plan.Session} was refused");
        }
        else if (memory.Token is null && code == "name_taken") name += "x"; // held for the session whose welcome was lost
        else if (code is "unavailable" or "storage") await Task.Delay(100, cancellation);
        else throw new InvalidOperationException($"{plan.Session} cannot log in: {answer}");
    }
}

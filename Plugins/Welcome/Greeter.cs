namespace Chat.Plugins.Welcome;

/// <summary>Greets each user once per room, even if they reconnect. It sends a notice, because messages belong to people.</summary>
internal sealed class Greeter(Greetings greetings, INotices notices) : IEventHandler<UserJoined>
{
    /// <summary>The most pairs of user and room to remember. After that it forgets them all, and greets returning users again.</summary>
    private const int Remembered = 10_000;

    private readonly HashSet<(string User, string Room)> greeted = []; // safe: events come one at a time

    public async ValueTask HandleAsync(UserJoined joined, CancellationToken cancellation)
    {
        if (await greetings.OfAsync(joined.Room, cancellation) is not { } text) return;
        if (greeted.Count >= Remembered) greeted.Clear();
        if (greeted.Add((joined.User.Id, joined.Room.Id)))
            await notices.SendToUserAsync(joined.User, Texts.Greeting(joined, text), cancellation);
    }
}

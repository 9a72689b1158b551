namespace Chat.Plugins.Welcome;

/// <summary>Says the room's greeting to each user once, however often a lost connection brings it back. A notice: the room's messages are people's.</summary>
internal sealed class Greeter(Greetings greetings, INotices notices) : IEventHandler<UserJoined>
{
    /// <summary>Of users and rooms together; beyond it all are forgotten, and whoever comes then is greeted once more.</summary>
    private const int Remembered = 10_000;

    private readonly HashSet<(string User, string Room)> greeted = []; // events come one after the other

    public async ValueTask HandleAsync(UserJoined joined, CancellationToken cancellation)
    {
        if (await greetings.OfAsync(joined.Room, cancellation) is not { } text) return;
        if (greeted.Count >= Remembered) greeted.Clear();
        if (greeted.Add((joined.User.Id, joined.Room.Id)))
            await notices.SendToUserAsync(joined.User, Texts.Greeting(joined, text), cancellation);
    }
}

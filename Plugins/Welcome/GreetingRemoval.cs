namespace Chat.Plugins.Welcome;

/// <summary>Forgets the welcome message of a deleted room.</summary>
internal sealed class GreetingRemoval(Greetings greetings) : IEventHandler<RoomDeleted>
{
    public async ValueTask HandleAsync(RoomDeleted deleted, CancellationToken cancellation) =>
        await greetings.ForgetAsync(deleted.Room, cancellation);
}

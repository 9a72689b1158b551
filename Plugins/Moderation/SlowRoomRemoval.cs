namespace Chat.Plugins.Moderation;

/// <summary>Forgets the slow mode of a deleted room.</summary>
internal sealed class SlowRoomRemoval(SlowRooms rooms) : IEventHandler<RoomDeleted>
{
    public async ValueTask HandleAsync(RoomDeleted deleted, CancellationToken cancellation) =>
        await rooms.ForgetAsync(deleted.Room, cancellation);
}

using System.Globalization;

namespace Chat.Plugins.Moderation;

/// <summary>The rooms in slow mode, by id.</summary>
internal sealed class SlowRooms(IStorage storage, IFilterSwitch filters) : IDisposable
{
    private const int Most = 1_000;

    private readonly StoredTable stored = new(storage, "slow:", any =>
    {
        if (any) filters.Enable<SlowModeFilter>();
        else filters.Disable<SlowModeFilter>();
    });

    /// <summary>The interval between two messages of a user; zero if the room is not in slow mode.</summary>
    public async ValueTask<TimeSpan> PauseOfAsync(Room room, CancellationToken cancellation) =>
        (await stored.ReadAsync(cancellation)).TryGetValue(room.Id, out var seconds)
            ? TimeSpan.FromSeconds(int.Parse(seconds, CultureInfo.InvariantCulture))
            : TimeSpan.Zero;

    /// <returns>False if too many rooms are already in slow mode.</returns>
    public async Task<bool> SetAsync(Room room, TimeSpan pause, CancellationToken cancellation) =>
        await stored.ChangeAsync(room.Id, pause == TimeSpan.Zero ? null : Seconds(pause), Most, cancellation, room)
        || pause == TimeSpan.Zero;

    public Task ForgetAsync(Room deleted, CancellationToken cancellation) =>
        stored.ChangeAsync(deleted.Id, null, Most, cancellation);

    public void Dispose() => stored.Dispose();

    private static string Seconds(TimeSpan pause) => ((int)pause.TotalSeconds).ToString(CultureInfo.InvariantCulture);
}

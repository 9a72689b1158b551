using System.Globalization;

namespace Chat.Plugins.Moderation;

/// <summary>The rooms in which one may write only so often, by their ids.</summary>
internal sealed class SlowRooms(IStorage storage, IFilterSwitch filters) : IDisposable
{
    private const int Most = 1_000;

    private readonly StoredTable stored = new(storage, "slow:", any =>
    {
        if (any) filters.Enable<SlowModeFilter>();
        else filters.Disable<SlowModeFilter>();
    });

    /// <summary>Between two messages of one user; zero where the room is not slow.</summary>
    public async ValueTask<TimeSpan> PauseOfAsync(Room room, CancellationToken cancellation) =>
        (await stored.ReadAsync(cancellation)).TryGetValue(room.Id, out var seconds) ? TimeSpan.FromSeconds(int.Parse(seconds, CultureInfo.InvariantCulture)) : TimeSpan.Zero;

    /// <returns>False where too many rooms are slow already.</returns>
    public async Task<bool> SetAsync(Room room, TimeSpan pause, CancellationToken cancellation) =>
        await stored.ChangeAsync(room.Id, pause == TimeSpan.Zero ? null : ((int)pause.TotalSeconds).ToString(CultureInfo.InvariantCulture), Most, cancellation) || pause == TimeSpan.Zero;

    public void Dispose() => stored.Dispose();
}

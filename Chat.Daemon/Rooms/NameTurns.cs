namespace Chat.Daemon.Rooms;

/// <summary>
/// Lets one at a time open, create or delete the room of a name: whoever opens it sees it before the deletion or after, never between.
/// Safe from any thread.
/// </summary>
internal sealed class NameTurns
{
    private readonly Lock gate = new(); // guards the dictionary and the counts
    private readonly Dictionary<string, Place> places = [];

    /// <summary>Waits for the turn, which lasts until it is disposed of.</summary>
    /// <param name="key">The name's key.</param>
    public async ValueTask<IDisposable> TakeAsync(string key, CancellationToken cancellation)
    {
        var place = Enter(key);
        try
        {
            await place.Free.WaitAsync(cancellation);
            return new Turn(this, place);
        }
        catch (Exception)
        {
            Leave(place);
            throw;
        }
    }

    private Place Enter(string key)
    {
        lock (gate)
        {
            if (!places.TryGetValue(key, out var place)) places[key] = place = new Place(key);
            place.Users++;
            return place;
        }
    }

    private void Leave(Place place)
    {
        lock (gate)
        {
            if (--place.Users > 0) return;
            places.Remove(place.Key);
            place.Free.Dispose();
        }
    }

    private sealed class Turn(NameTurns turns, Place place) : IDisposable
    {
        public void Dispose()
        {
            place.Free.Release();
            turns.Leave(place);
        }
    }

    private sealed class Place(string key)
    {
        public string Key => key;

        public SemaphoreSlim Free { get; } = new(1);

        /// <summary>Those who have the turn or wait for it.</summary>
        public int Users { get; set; }
    }
}

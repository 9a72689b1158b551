using Chat.Client;

namespace Chat.Cli;

/// <summary>The rooms of this session, the current conversation, and the names seen. Thread-safe.</summary>
/// <param name="first">The current conversation at the start.</param>
internal sealed class OpenConversations(string me, Conversation? first)
{
    /// <summary>Names kept for completion.</summary>
    private const int NamesBound = 2_000;

    private readonly Lock gate = new();
    private readonly List<Conversation> rooms = [];
    private readonly HashSet<string> names = [];
    private readonly HashSet<Conversation> lost = [];
    private Conversation? active = first;
    private bool isUnchosen;

    public string Me => me;

    /// <summary>The conversation that the next line goes to. Null if the user has to choose one, for example after a kick.</summary>
    public Conversation? Active
    {
        get
        {
            lock (gate) return active;
        }
    }

    public IReadOnlyList<Conversation> Rooms
    {
        get
        {
            lock (gate) return [.. rooms];
        }
    }

    public IReadOnlyList<string> Names
    {
        get
        {
            lock (gate) return [.. names];
        }
    }

    /// <summary>Only a change that the user asked for decides where the next line goes.</summary>
    public void Follow(RoomChange change)
    {
        if (change.IsIn) Enter(Conversation.Room(change.Room), change.IsAsked);
        else Leave(Conversation.Room(change.Room), change.IsAsked);
    }

    /// <summary>
    /// Where to run a command that had to wait: where it was written, or the current conversation if the user has left that room.
    /// After a kick it runs in no room.
    /// </summary>
    public Conversation PlaceOf(Conversation written)
    {
        lock (gate)
        {
            if (written.IsDirect || rooms.Contains(written)) return written;
            return active is { } now && !lost.Contains(written) ? now : Conversation.With(me);
        }
    }

    private void Enter(Conversation room, bool isAsked)
    {
        lock (gate)
        {
            lost.Remove(room);
            if (!rooms.Contains(room)) rooms.Add(room);
            if (isAsked || (active is null && !isUnchosen)) Choose(room);
        }
    }

    private void Leave(Conversation room, bool isAsked)
    {
        lock (gate)
        {
            rooms.Remove(room);
            if (!isAsked) lost.Add(room);
            if (!room.Equals(active)) return;
            active = isAsked ? rooms.LastOrDefault() : null;
            isUnchosen = active is null;
        }
    }

    private void Choose(Conversation place) => (active, isUnchosen) = (place, false);

    /// <summary>False for a room that the session is not in.</summary>
    public bool TrySwitch(Conversation to)
    {
        lock (gate)
        {
            if (!to.IsDirect && (to = rooms.Find(r => r.Equals(to))!) is null) return false;
            Choose(to);
            return true;
        }
    }

    public void Saw(params IEnumerable<string> seen)
    {
        lock (gate)
        {
            foreach (var name in seen)
                if (names.Count < NamesBound) names.Add(name);
        }
    }
}

using Chat.Daemon.Storage;
using Chat.Daemon.Storage.Stores;

namespace Chat.Daemon.Reading;

/// <summary>
/// How far an online account has read: in the rooms on its list, and in direct conversations as far as they are known. Marks only go
/// forward. Safe from any thread: one lock guards everything, and what a move tells others is queued under it, so that they see marks in
/// their order.
/// </summary>
/// <param name="hasMoved">Called under the lock, with the first mark that is to be written: must be quick.</param>
internal sealed class AccountMarks(long account, Action<AccountMarks> hasMoved)
{
    /// <summary>Direct conversations to keep when nothing of them is to be written. A login reads those that it lists.</summary>
    private const int DirectsKept = 500;

    private readonly Lock gate = new();
    private readonly Dictionary<ConversationId, long> rooms = [];
    private readonly Dictionary<ConversationId, long> directs = [];
    private readonly HashSet<ConversationId> moved = [];
    private bool isBeingWritten;
    private int keeping;

    public long Account => account;

    /// <summary>The account's connections. Guarded by the registry.</summary>
    public int Connections { get; set; }

    /// <summary>How many rooms are on the list.</summary>
    public int Rooms
    {
        get
        {
            lock (gate) return rooms.Count;
        }
    }

    /// <summary>Whether marks are not stored yet.</summary>
    public bool HasMoved
    {
        get
        {
            lock (gate) return isBeingWritten || moved.Count > 0;
        }
    }

    public bool IsListed(ConversationId room)
    {
        lock (gate) return rooms.ContainsKey(room);
    }

    /// <summary>Takes over the list as it is stored. Marks that are known stay, because they may be ahead of it.</summary>
    public void Load(IReadOnlyList<ListedRoom> listed)
    {
        lock (gate)
        {
            foreach (var gone in rooms.Keys.Except(listed.Select(room => room.Id)).ToList()) Remove(gone);
            foreach (var room in listed) rooms.TryAdd(room.Id, room.Read);
        }
    }

    /// <summary>Forgets no direct conversation until it is disposed of. Take it before marks are read from the store.</summary>
    public IDisposable Keep()
    {
        lock (gate) keeping++;
        return new Kept(this);
    }

    /// <summary>Notes how far it had read in direct conversations, as far as that is not known.</summary>
    public void Load(IReadOnlyDictionary<ConversationId, long> stored)
    {
        lock (gate)
        {
            foreach (var (direct, read) in stored) directs.TryAdd(direct, read);
        }
    }

    /// <summary>The room is on the list, read up to here.</summary>
    public void List(ConversationId room, long read)
    {
        lock (gate) rooms[room] = read;
    }

    public void Unlist(ConversationId room)
    {
        lock (gate) Remove(room);
    }

    /// <returns>Null if it is no room on the list, and no direct conversation that is known.</returns>
    public long? Of(ConversationId conversation)
    {
        lock (gate) return Find(conversation);
    }

    /// <summary>Moves the mark forward, if it is further on.</summary>
    /// <param name="tell">Called under the lock with the mark, and whether it has moved: must be quick.</param>
    /// <returns>False if there is no such mark.</returns>
    public bool Move(ConversationId conversation, long seq, Action<long, bool> tell)
    {
        lock (gate)
        {
            if (Find(conversation) is not { } read) return false;
            if (seq > read) Set(conversation, seq);
            tell(Math.Max(read, seq), seq > read);
            return true;
        }
    }

    /// <summary>The account has written the last message there, so it has read everything.</summary>
    public void MoveOwn(ConversationId conversation, long seq, bool isRoom)
    {
        lock (gate)
        {
            if (!isRoom) directs.TryAdd(conversation, 0);
            if (Find(conversation) < seq) Set(conversation, seq);
        }
    }

    /// <summary>The marks that are to be written.</summary>
    public void BeginWrite(List<ReadMark> taken)
    {
        lock (gate)
        {
            foreach (var conversation in moved)
                taken.Add(new(conversation, account, Find(conversation)!.Value, rooms.ContainsKey(conversation)));
            moved.Clear();
            isBeingWritten = true;
        }
    }

    /// <summary>Also forgets direct conversations that are stored, if there are many.</summary>
    public void EndWrite()
    {
        lock (gate)
        {
            isBeingWritten = false;
            if (directs.Count <= DirectsKept || keeping > 0) return;
            foreach (var direct in directs.Keys.Where(direct => !moved.Contains(direct)).ToList()) directs.Remove(direct);
        }
    }

    /// <summary>It was not written.</summary>
    public void PutBack(ConversationId conversation)
    {
        lock (gate)
        {
            if (Find(conversation) is not null) NoteMoved(conversation);
        }
    }

    private long? Find(ConversationId conversation) =>
        rooms.TryGetValue(conversation, out var read) || directs.TryGetValue(conversation, out read) ? read : null;

    private void Remove(ConversationId room)
    {
        rooms.Remove(room);
        moved.Remove(room);
    }

    private void Set(ConversationId conversation, long read)
    {
        (rooms.ContainsKey(conversation) ? rooms : directs)[conversation] = read;
        NoteMoved(conversation);
    }

    private void NoteMoved(ConversationId conversation)
    {
        if (moved.Add(conversation) && moved.Count == 1) hasMoved(this);
    }

    private sealed class Kept(AccountMarks marks) : IDisposable
    {
        public void Dispose()
        {
            lock (marks.gate) marks.keeping--;
        }
    }
}

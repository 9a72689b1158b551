using Chat.Daemon.Accounts;
using Chat.Daemon.Storage.Stores;
using Chat.Protocol;

namespace Chat.Daemon.Sessions;

/// <summary>
/// The live sessions: those with a connection, and those that lost theirs a moment ago. Also the names of guests, which are held as long as
/// their session is live. Safe from any thread. Nothing is called while the lock is held.
/// </summary>
internal sealed class SessionRegistry(TimeProvider time)
{
    /// <summary>How long a session stays live, and a guest's name is held, after its connection broke.</summary>
    public static readonly TimeSpan HoldTime = TimeSpan.FromSeconds(30);

    private readonly Lock gate = new();
    private readonly Dictionary<string, Session> byToken = [];
    private readonly Dictionary<string, object> names = []; // by look-alike key: of names that look alike, one is in use
    private readonly List<SessionMark> released = []; // whose names others took

    public int Count
    {
        get
        {
            lock (gate)
            {
                return byToken.Count;
            }
        }
    }

    /// <summary>Takes a name for a login or a registration in progress.</summary>
    /// <returns>False if another has the name, or one that looks alike.</returns>
    /// <param name="claim">Identifies the login: the same object gives the name back, or is replaced by the session.</param>
    public bool TryClaim(UserName name, object claim)
    {
        lock (gate)
        {
            if (names.TryGetValue(name.LookKey, out var holder) && !MayTake(holder, claim)) return false;
            if (holder is HeldName held && held.Session != (claim as Session)?.Id) released.Add(MarkOf(held));
            names[name.LookKey] = claim;
            return true;
        }
    }

    /// <summary>Holds a name for the session that had it when the daemon stopped, as if its connection had broken now.</summary>
    /// <param name="seenAtMs">When the session was last connected.</param>
    public void Hold(UserName name, long session, long seenAtMs)
    {
        lock (gate)
        {
            if (names.GetValueOrDefault(name.LookKey) is HeldName earlier) released.Add(MarkOf(earlier));
            names[name.LookKey] = new HeldName(session, time.GetUtcNow(), seenAtMs);
        }
    }

    public void Unclaim(UserName name, object claim)
    {
        lock (gate)
        {
            if (names.GetValueOrDefault(name.LookKey) == claim) names.Remove(name.LookKey);
        }
    }

    /// <summary>Makes a session live. If the token has a live session already, returns that one.</summary>
    /// <param name="claim">The claim of its name, which it replaces. Null for an account.</param>
    public Session Add(Session session, object? claim)
    {
        lock (gate)
        {
            var token = Convert.ToHexString(session.TokenHash);
            if (byToken.TryGetValue(token, out var live)) return live;
            session.DetachedAt = time.GetUtcNow();
            byToken[token] = session;
            if (claim is not null && names.GetValueOrDefault(session.Name.LookKey) == claim) names[session.Name.LookKey] = session;
            return session;
        }
    }

    /// <summary>The live session of a token that is about to be used. Restarts its hold, so that it is not dropped meanwhile.</summary>
    public Session? Find(byte[] tokenHash)
    {
        lock (gate)
        {
            var session = byToken.GetValueOrDefault(Convert.ToHexString(tokenHash));
            if (session is { Current: null }) session.DetachedAt = time.GetUtcNow();
            return session;
        }
    }

    /// <summary>The session's connection, or null.</summary>
    public Attachment? CurrentOf(Session session)
    {
        lock (gate)
        {
            return session.Current;
        }
    }

    /// <summary>Attaches a connection to a session that has none.</summary>
    /// <returns>False if the session has ended or was dropped meanwhile.</returns>
    public bool TryAttach(Session session, Attachment attachment)
    {
        lock (gate)
        {
            if (session.IsEnded || byToken.GetValueOrDefault(Convert.ToHexString(session.TokenHash)) != session) return false;
            session.Current = attachment;
            session.Address = attachment.Connection.Address;
            return true;
        }
    }

    /// <summary>Takes the connection off the session.</summary>
    /// <returns>False if the session has ended.</returns>
    public bool Detach(Session session, Attachment attachment)
    {
        lock (gate)
        {
            if (session.Current == attachment) session.Current = null;
            session.DetachedAt = time.GetUtcNow();
            return !session.IsEnded;
        }
    }

    /// <summary>False once it has ended or was dropped.</summary>
    public bool IsLive(Session session)
    {
        lock (gate)
        {
            return byToken.GetValueOrDefault(Convert.ToHexString(session.TokenHash)) == session;
        }
    }

    /// <summary>Ends the session and frees its name.</summary>
    /// <returns>The connection that it still has.</returns>
    public Attachment? End(Session session)
    {
        lock (gate)
        {
            session.IsEnded = true;
            Remove(session);
            return session.Current;
        }
    }

    /// <summary>The session of the guest who has the name now, connected or held.</summary>
    public Session? GuestNamed(UserName name)
    {
        lock (gate)
        {
            var session = names.GetValueOrDefault(name.LookKey) as Session;
            return session is not null && session.Name.Equals(name) && !IsFree(session) ? session : null;
        }
    }

    /// <summary>The user as mutes know it: of a guest, with its session and its latest address.</summary>
    public Speaker SpeakerOf(ChatUser user)
    {
        lock (gate)
        {
            var session = user.IsGuest ? byToken.Values.FirstOrDefault(s => s.Identity == user.Identity) : null;
            return new(user, session?.Id ?? 0, session?.Address);
        }
    }

    public IReadOnlyList<Session> Attached()
    {
        lock (gate)
        {
            return [.. byToken.Values.Where(s => s.Current is not null)];
        }
    }

    /// <summary>All live sessions of an account, or the session of a guest.</summary>
    public IReadOnlyList<Session> SessionsOf(Identity identity)
    {
        lock (gate)
        {
            return [.. byToken.Values.Where(s => s.Identity == identity)];
        }
    }

    /// <summary>All live sessions of a login by cookie.</summary>
    public IReadOnlyList<Session> SessionsOf(long pageLogin)
    {
        lock (gate)
        {
            return [.. byToken.Values.Where(s => s.PageLogin == pageLogin)];
        }
    }

    /// <summary>Drops the sessions whose hold is over.</summary>
    /// <returns>When they were last connected, to be stored.</returns>
    public IReadOnlyList<SessionMark> DropExpired()
    {
        lock (gate)
        {
            List<Session> over = [.. byToken.Values.Where(s => IsFree(s) && s.Appends.IsEmpty)];
            over.ForEach(Remove);
            var marks = over.ConvertAll(s => new SessionMark(s.Id, s.DetachedAt.ToUnixTimeMilliseconds(), Held: false));
            foreach (var (key, holder) in names)
            {
                if (holder is not HeldName held || !IsExpired(held.Since)) continue;
                names.Remove(key);
                marks.Add(MarkOf(held));
            }
            marks.AddRange(released);
            released.Clear();
            return marks;
        }
    }

    private static SessionMark MarkOf(HeldName held) => new(held.Session, held.SeenAtMs, Held: false);

    private bool MayTake(object holder, object claim) => holder == claim || holder switch
    {
        Session session => IsFree(session),
        HeldName held => held.Session == (claim as Session)?.Id || IsExpired(held.Since),
        _ => false,
    };

    private bool IsFree(Session session) => session.IsEnded || (session.Current is null && IsExpired(session.DetachedAt));

    private bool IsExpired(DateTimeOffset since) => time.GetUtcNow() - since > HoldTime;

    private void Remove(Session session)
    {
        byToken.Remove(Convert.ToHexString(session.TokenHash));
        if (names.GetValueOrDefault(session.Name.LookKey) == session) names.Remove(session.Name.LookKey);
    }

    private sealed record HeldName(long Session, DateTimeOffset Since, long SeenAtMs);
}

using Chat.Daemon.Accounts;
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
    private readonly Dictionary<string, object> names = [];

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
    /// <returns>False if another has the name.</returns>
    /// <param name="claim">Identifies the login: the same object gives the name back, or is replaced by the session.</param>
    public bool TryClaim(UserName name, object claim)
    {
        lock (gate)
        {
            if (names.TryGetValue(name.Key, out var holder) && !MayTake(holder, claim)) return false;
            names[name.Key] = claim;
            return true;
        }
    }

    /// <summary>Holds a name for the session that had it when the daemon stopped, as if its connection had broken now.</summary>
    public void Hold(UserName name, long session)
    {
        lock (gate)
        {
            names[name.Key] = new HeldName(session, time.GetUtcNow());
        }
    }

    public void Unclaim(UserName name, object claim)
    {
        lock (gate)
        {
            if (names.GetValueOrDefault(name.Key) == claim) names.Remove(name.Key);
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
            if (claim is not null && names.GetValueOrDefault(session.Name.Key) == claim) names[session.Name.Key] = session;
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

    /// <summary>Attached sessions that are not in the database yet.</summary>
    public IReadOnlyList<Session> NotStored()
    {
        lock (gate)
        {
            return [.. byToken.Values.Where(s => !s.IsStored && s.Current is not null)];
        }
    }

    /// <summary>Notes that the session is in the database now.</summary>
    /// <returns>False if the session has ended meanwhile.</returns>
    public bool SetStored(Session session)
    {
        lock (gate)
        {
            session.IsStored = true;
            return !session.IsEnded;
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
            return names.GetValueOrDefault(name.Key) as Session is { } session && !IsFree(session) ? session : null;
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

    /// <summary>Drops the sessions whose hold is over.</summary>
    /// <returns>Their ids, and when they were last connected.</returns>
    public IReadOnlyList<(long Session, DateTimeOffset SeenAt)> DropExpired()
    {
        lock (gate)
        {
            List<Session> over = [.. byToken.Values.Where(s => IsFree(s) && s.Appends.IsEmpty)];
            over.ForEach(Remove);
            List<(long, DateTimeOffset)> ids = over.ConvertAll(s => (s.Id, s.DetachedAt));
            foreach (var (key, holder) in names)
            {
                if (holder is not HeldName held || !IsExpired(held.Since)) continue;
                names.Remove(key);
                ids.Add((held.Session, held.Since));
            }
            return ids;
        }
    }

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
        if (names.GetValueOrDefault(session.Name.Key) == session) names.Remove(session.Name.Key);
    }

    private sealed record HeldName(long Session, DateTimeOffset Since);
}

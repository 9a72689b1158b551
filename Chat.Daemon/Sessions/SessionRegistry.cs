using Chat.Daemon.Accounts;
using Chat.Protocol;

namespace Chat.Daemon.Sessions;

/// <summary>
/// The sessions that are attached or were a moment ago, and who bears which name as a guest. A name is held while its session is
/// attached and for a while after a connection that broke. Safe from any thread; its lock is never held while anything else is called.
/// </summary>
internal sealed class SessionRegistry(TimeProvider time)
{
    /// <summary>How long the name of a guest whose connection broke is kept for its token.</summary>
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

    /// <summary>Takes a name for somebody who has no session yet; false where another bears it.</summary>
    /// <param name="claim">Whoever takes it: the same object gives it back, or is replaced by the session.</param>
    public bool TryClaim(UserName name, object claim)
    {
        lock (gate)
        {
            if (names.TryGetValue(name.Key, out var bearer) && !GivesWay(bearer, claim)) return false;
            names[name.Key] = claim;
            return true;
        }
    }

    /// <summary>Keeps a name for the session that bore it when the daemon stopped; for as long as if its connection had broken now.</summary>
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

    /// <summary>Makes a session live; of two for one token the first.</summary>
    /// <param name="claim">The claim of its name that it takes over; null where it has none, or an account's.</param>
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

    /// <summary>The session of a token that is about to be used: one without a connection is kept as if it had just lost it, so that it is not dropped meanwhile.</summary>
    public Session? Find(byte[] tokenHash)
    {
        lock (gate)
        {
            var session = byToken.GetValueOrDefault(Convert.ToHexString(tokenHash));
            if (session is { Current: null }) session.DetachedAt = time.GetUtcNow();
            return session;
        }
    }

    /// <summary>The session's connection, as long as it has one.</summary>
    public Attachment? CurrentOf(Session session)
    {
        lock (gate)
        {
            return session.Current;
        }
    }

    /// <summary>Attaches a connection to a session that has none; false where it was ended, or dropped for its age, meanwhile.</summary>
    public bool TryAttach(Session session, Attachment attachment)
    {
        lock (gate)
        {
            if (session.IsEnded || byToken.GetValueOrDefault(Convert.ToHexString(session.TokenHash)) != session) return false;
            session.Current = attachment;
            return true;
        }
    }

    /// <summary>Takes the connection off; false where the session ended meanwhile.</summary>
    public bool Detach(Session session, Attachment attachment)
    {
        lock (gate)
        {
            if (session.Current == attachment) session.Current = null;
            session.DetachedAt = time.GetUtcNow();
            return !session.IsEnded;
        }
    }

    /// <summary>Ends the session: its name is free, its token good no more. Returns the connection that it still has.</summary>
    public Attachment? End(Session session)
    {
        lock (gate)
        {
            session.IsEnded = true;
            Remove(session);
            return session.Current;
        }
    }

    /// <summary>The guest who bears the name now, attached or held.</summary>
    public Session? BearerOf(UserName name)
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

    /// <summary>All live sessions of an account, or the one of a guest.</summary>
    public IReadOnlyList<Session> SessionsOf(Identity identity)
    {
        lock (gate)
        {
            return [.. byToken.Values.Where(s => s.Identity == identity)];
        }
    }

    /// <summary>Drops the sessions whose hold is over and returns their ids, with when they were last connected. Called by a clock.</summary>
    public IReadOnlyList<(long Session, DateTimeOffset SeenAt)> Sweep()
    {
        lock (gate)
        {
            List<Session> over = [.. byToken.Values.Where(s => IsFree(s) && s.Appends.IsEmpty)];
            over.ForEach(Remove);
            List<(long, DateTimeOffset)> ids = over.ConvertAll(s => (s.Id, s.DetachedAt));
            foreach (var (key, bearer) in names)
            {
                if (bearer is not HeldName held || !IsOver(held.Since)) continue;
                names.Remove(key);
                ids.Add((held.Session, held.Since));
            }
            return ids;
        }
    }

    private bool GivesWay(object bearer, object claim) => bearer == claim || bearer switch
    {
        Session session => IsFree(session),
        HeldName held => held.Session == (claim as Session)?.Id || IsOver(held.Since),
        _ => false,
    };

    private bool IsFree(Session session) => session.IsEnded || (session.Current is null && IsOver(session.DetachedAt));

    private bool IsOver(DateTimeOffset since) => time.GetUtcNow() - since > HoldTime;

    private void Remove(Session session)
    {
        byToken.Remove(Convert.ToHexString(session.TokenHash));
        if (names.GetValueOrDefault(session.Name.Key) == session) names.Remove(session.Name.Key);
    }

    private sealed record HeldName(long Session, DateTimeOffset Since);
}

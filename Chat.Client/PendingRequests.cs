using System.Diagnostics.CodeAnalysis;
using Chat.Protocol;

namespace Chat.Client;

/// <summary>The unanswered requests of the current connection, by id.</summary>
internal sealed class PendingRequests(MessageIds ids, AnswerWaiters waiters)
{
    private readonly Lock gate = new();
    private readonly Dictionary<string, PendingRequest> open = [];

    public bool HasCommand
    {
        get
        {
            lock (gate) return open.Values.Any(q => q.Frame is ClientFrame.Message or ClientFrame.Command);
        }
    }

    public PendingRequest Add(ClientFrame frame)
    {
        var request = new PendingRequest(frame, ids.Next());
        lock (gate) open.Add(request.Id, request);
        waiters.Enter();
        return request;
    }

    /// <summary>The frame with the id, if it is not answered yet.</summary>
    public ClientFrame? Find(string? id)
    {
        lock (gate) return id is null ? null : open.GetValueOrDefault(id)?.Frame;
    }

    /// <summary>Removes and returns the request that a frame answers.</summary>
    public bool TryTake(DaemonFrame given, [NotNullWhen(true)] out PendingRequest? request)
    {
        lock (gate)
        {
            request = null;
            if (given.Id is null || !open.TryGetValue(given.Id, out request) || !request.IsAnsweredBy(given)) return false;
            open.Remove(given.Id);
        }
        waiters.Leave();
        return true;
    }

    /// <summary>The caller stopped waiting.</summary>
    public void Forget(PendingRequest request)
    {
        lock (gate)
            if (!open.Remove(request.Id)) return;
        waiters.Leave();
    }

    /// <summary>The connection broke.</summary>
    public void LoseAll()
    {
        PendingRequest[] lost;
        lock (gate)
        {
            lost = [.. open.Values];
            open.Clear();
        }
        foreach (var request in lost)
        {
            waiters.Leave();
            request.Complete(null);
        }
    }
}

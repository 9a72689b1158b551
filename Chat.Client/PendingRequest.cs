using Chat.Protocol;

namespace Chat.Client;

/// <summary>A frame that awaits its answer.</summary>
internal sealed class PendingRequest(ClientFrame frame, string id)
{
    private readonly TaskCompletionSource<DaemonFrame?> answer = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public string Id => id;

    public ClientFrame Frame { get; } = frame with { Id = id };

    /// <summary>The answer; null if the connection broke first.</summary>
    public Task<DaemonFrame?> Answer => answer.Task;

    /// <summary>Other frames with the command's id may precede its reply.</summary>
    public bool IsAnsweredBy(DaemonFrame given) => given is DaemonFrame.Error || Frame switch
    {
        ClientFrame.Join => given is DaemonFrame.Joined,
        ClientFrame.Leave => given is DaemonFrame.Left,
        ClientFrame.Message or ClientFrame.Command => given is DaemonFrame.Reply,
        ClientFrame.Commands => given is DaemonFrame.Commands,
        ClientFrame.Complete => given is DaemonFrame.Completions,
        ClientFrame.History => given is DaemonFrame.History,
        ClientFrame.Changes => given is DaemonFrame.Changes,
        ClientFrame.Read => given is DaemonFrame.Read,
        ClientFrame.Search or ClientFrame.Mentions => given is DaemonFrame.Found,
        ClientFrame.Members => given is DaemonFrame.Members,
        ClientFrame.Ping => given is DaemonFrame.Pong,
        _ => false,
    };

    public void Complete(DaemonFrame? given) => answer.TrySetResult(given);
}

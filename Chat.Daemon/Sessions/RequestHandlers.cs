using System.Reflection;
using Chat.Daemon.Commands;
using Chat.Daemon.Configuration;
using Chat.Daemon.Messages;
using Chat.Daemon.Reading;
using Chat.Daemon.Rooms;
using Chat.Protocol;

namespace Chat.Daemon.Sessions;

/// <summary>All that answers frames, once for the whole daemon.</summary>
internal sealed record RequestHandlers(
    Authentication Authentication,
    PageAuthentication PageAuthentication,
    SessionDirectory SessionDirectory,
    SessionLifecycle SessionLifecycle,
    UserSubscriptions UserSubscriptions,
    RoomRequests Rooms,
    MemberRequests Members,
    MessageRequests Messages,
    ChangeRequests Changes,
    ReadRequests Reading,
    MentionRequests Mentions,
    HistoryRequests History,
    TypingRequests Typing,
    SearchRequests Search,
    CommandRequests Commands,
    CompletionRequests Completion,
    OptionsSource Options,
    Elsewhere Elsewhere)
{
    private static readonly string Version =
        typeof(RequestHandlers).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];

    public DaemonFrame.Hello Hello()
    {
        var limits = Options.Current.Limits;
        return new DaemonFrame.Hello("chatd", Version, ProtocolLimits.Version, new HelloLimits(
            ProtocolLimits.ClientFrameBytes,
            ProtocolLimits.TextScalars,
            limits.MessagesPerSecond,
            limits.ConnectionsPerAddress,
            limits.LoginsPerMinute), [Feature.Changes, Feature.Read, Feature.Search, Feature.Typing]);
    }
}

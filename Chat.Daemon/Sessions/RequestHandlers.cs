using System.Reflection;
using Chat.Daemon.Commands;
using Chat.Daemon.Configuration;
using Chat.Daemon.Messages;
using Chat.Daemon.Rooms;
using Chat.Protocol;

namespace Chat.Daemon.Sessions;

/// <summary>Where a loop has its frames answered; one of each for the whole daemon.</summary>
internal sealed record RequestHandlers(Authentication Logins, SessionLifecycle Sessions, UserSubscriptions Welcomes, RoomRequests Rooms, MessageRequests Messages, CommandRequests Commands, OptionsSource Options)
{
    private static readonly string Version = typeof(RequestHandlers).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];

    public DaemonFrame.Hello Hello()
    {
        var limits = Options.Current.Limits;
        return new DaemonFrame.Hello("chatd", Version, ProtocolLimits.Version, new HelloLimits(
            ProtocolLimits.ClientFrameBytes, ProtocolLimits.TextScalars, limits.MessagesPerSecond, limits.ConnectionsPerAddress, limits.LoginsPerMinute));
    }
}

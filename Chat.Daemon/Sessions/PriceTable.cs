using System.Diagnostics;
using Chat.Protocol;

namespace Chat.Daemon.Sessions;

/// <summary>
/// What each frame costs. A unit is about 50 µs of a core, which is more than a ping takes. Work that depends on what a frame finds is
/// charged by the bytes of its answer, so pages and lists cost what they return.
/// </summary>
internal static class PriceTable
{
    /// <summary>A TCP connection and its place among those of its address; with TLS its handshake.</summary>
    public const int Connection = 20;

    /// <summary>A line that is no frame, or a frame of an unknown type.</summary>
    public const int BadLine = 5;

    /// <summary>On top of the frame's own price: the error, and its place in the log.</summary>
    public const int Refusal = 1;

    private const int ReceivedBytesPerUnit = 4_096;

    private const int AnsweredBytesPerUnit = 1_024;

    /// <summary>A message costs little, because the rate of messages counts it too. A repeated one is looked up in the log.</summary>
    private const int Message = 2;

    private const int Join = 4;

    public static int Of(ClientFrame frame) => frame switch
    {
        ClientFrame.Ping or ClientFrame.Logout => 1,
        ClientFrame.Message => Message,
        ClientFrame.Leave or ClientFrame.Members => 2,
        ClientFrame.Join => Join,
        ClientFrame.History or ClientFrame.Commands => 4,
        ClientFrame.Command or ClientFrame.Complete => 5,
        ClientFrame.Login login => 20 + (Join * (login.Rooms?.Count ?? 1)), // a session is stored; a password has its own limits
        ClientFrame.Register => 40,
        _ => throw new UnreachableException($"{frame.GetType().Name} has no price."),
    };

    public static int OfReceived(long bytes) => (int)(bytes / ReceivedBytesPerUnit);

    public static int OfAnswered(long bytes) => (int)(bytes / AnsweredBytesPerUnit);
}

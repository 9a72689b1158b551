using System.Diagnostics;
using Chat.Protocol;

namespace Chat.Daemon.Sessions.Limits;

/// <summary>
/// What each frame costs. A unit is about 50 µs of a core, which is more than a ping takes. Work that depends on what a frame finds is
/// charged by the bytes of its answer, so pages and lists cost what they return.
/// </summary>
internal static class PriceTable
{
    /// <summary>A TCP connection and its place among those of its address; with TLS its handshake.</summary>
    public const int Connection = 20;

    /// <summary>One request of the HTTP address, with its answer.</summary>
    public const int HttpRequest = 10;

    /// <summary>On top of the request's: a plugin's code.</summary>
    public const int Route = 10;

    /// <summary>A ping of WebSocket's own, with its answer; or a frame of WebSocket that has none: a pong, a part of a message.</summary>
    public const int TransportFrame = 1;

    /// <summary>A line that is no frame, or a frame of an unknown type.</summary>
    public const int BadLine = 5;

    /// <summary>On top of the frame's own price: the error, and its place in the log.</summary>
    public const int Refusal = 1;

    private const int MicrosecondsPerUnit = 50;

    private const int ReceivedBytesPerUnit = 4_096;

    private const int AnsweredBytesPerUnit = 1_024;

    private const int NamesPerUnit = 10;

    private const int ToldPerUnit = 5;

    /// <summary>A message costs little, because the rate of messages counts it too. A repeated one is looked up in the log.</summary>
    private const int Message = 2;

    /// <summary>It looks for the message's author first.</summary>
    private const int Change = 3;

    /// <summary>It looks for the conversation. How often others are told does not depend on it.</summary>
    private const int Typing = 3;

    private const int Join = 4;

    public static int Of(ClientFrame frame) => frame switch
    {
        ClientFrame.Ping or ClientFrame.Logout => 1,
        ClientFrame.Message => Message,
        ClientFrame.Edit or ClientFrame.Delete or ClientFrame.React => Change,
        ClientFrame.Members => 2,
        ClientFrame.Join or ClientFrame.Leave => Join, // either may change the account's list, which is stored
        ClientFrame.Mentions => 5, // and the time that it takes
        ClientFrame.Read read => read.With is null ? 2 : 4,
        ClientFrame.Typing => Typing,
        ClientFrame.History or ClientFrame.Changes or ClientFrame.Search or ClientFrame.Commands => 4,
        ClientFrame.Command or ClientFrame.Complete => 5,
        ClientFrame.Login login => 20 + (Join * (login.Rooms?.Count ?? 1)), // a session is stored; a password has its own limits
        ClientFrame.Register => 40,
        _ => throw new UnreachableException($"{frame.GetType().Name} has no price."),
    };

    /// <summary>The rooms that a login joins without naming them; it has paid for one.</summary>
    public static int OfListed(int rooms) => Join * Math.Max(rooms - 1, 0);

    public static int OfReceived(long bytes) => (int)(bytes / ReceivedBytesPerUnit);

    /// <summary>What a price buys.</summary>
    public static long ReceivedBytes(int price) => (long)price * ReceivedBytesPerUnit;

    public static int OfAnswered(long bytes) => (int)(bytes / AnsweredBytesPerUnit);

    /// <summary>Names that a text may mention, which are looked up.</summary>
    public static int OfNames(int names) => (names + NamesPerUnit - 1) / NamesPerUnit;

    /// <summary>Other connections of the user, which are told of a mark.</summary>
    public static int OfTold(int connections) => (connections + ToldPerUnit - 1) / ToldPerUnit;

    /// <summary>Of a search, whose answer does not show what it took to find.</summary>
    public static int OfWork(TimeSpan spent) => (int)(spent.TotalMicroseconds / MicrosecondsPerUnit);
}

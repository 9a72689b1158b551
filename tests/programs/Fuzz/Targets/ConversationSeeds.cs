using System.Text;
using Chat.Protocol;

namespace Fuzz.Targets;

/// <summary>What a daemon may say to a client, from its hello to the end. <c>@n</c> is the id of the client's frame n.</summary>
internal static class ConversationSeeds
{
    private static readonly string Hello = Line(FrameSeeds.Daemon.First());

    private static readonly string Start = Hello
        + Line(new DaemonFrame.Welcome("ana", ["guest"], "t", ["geral"], [new("bia", 4), new("caio", 1)]) { Id = "@1" })
        + Line(new DaemonFrame.Joined("geral", 3, 1, [], false));

    public static IEnumerable<byte[]> All => new[]
    {
        Start + string.Concat(FrameSeeds.Daemon.Skip(3).Select(Line)),
        Start + Messages(4, 9) + Line(new DaemonFrame.Members("geral", [new("ana", []), new("bia", ["admin"])], true) { Id = "@2" })
            + Line(new DaemonFrame.Members("geral", [new("ana", [])], false) { Id = "@3" }) + Messages(10, 12),
        Start + Messages(7, 8) + History("@2", 4, 8) + History("@3", 4, 8) + Messages(9, 9), // a gap, which the client fetches
        Start + Line(new DaemonFrame.Left("geral", "banned")) + Line(new DaemonFrame.Joined("geral", 1, 1, [], false)) + Messages(2, 3),
        Start + Line(new DaemonFrame.Joined("geral", 1, 1, [Message(1)], false)) + Line(Message(9) with { Room = null, To = "ana" }),
        Start + Line(new DaemonFrame.Error("rate_limited", "Devagar.", null, 1) { Id = "@2" }) + Line(new DaemonFrame.Bye("shutdown")),
        Hello + Line(new DaemonFrame.Error("name_taken", "Não.") { Id = "@1" }),
        Line(new DaemonFrame.Bye("too_many_connections")),
        Start + Line(new DaemonFrame.Presence("geral", ["bia", "\e[2Jx"], ["\u202Ez"]))
            + Line(new DaemonFrame.Notice("a\e]0;x\ab\r\nc\td")),
    }.Select(Encoding.UTF8.GetBytes);

    public static IReadOnlyList<string> Tokens { get; } =
    [
        .. FrameSeeds.Tokens, "@1", "@2", "@3", "@4", "\n", "\\u001b[2J", "\\r", "\\n", "\\u009b", "\\u202e",
        "\"geral\"", "\"bia\"", "\"ana\"",
        "9223372036854775807", "-9223372036854775808", "\"retry_after\":9223372036854775807,", .. FrameSeeds.Daemon.Select(Line),
    ];

    private static DaemonFrame.Message Message(long seq) => FrameSeeds.Message with { Seq = seq, Id = null };

    private static string Messages(int from, int to) =>
        string.Concat(Enumerable.Range(from, to - from + 1).Select(seq => Line(Message(seq))));

    private static string History(string id, int from, int to) =>
        Line(new DaemonFrame.History([.. Enumerable.Range(from, to - from + 1).Select(seq => Message(seq))], false, "geral") { Id = id });

    private static string Line(DaemonFrame frame) => Encoding.UTF8.GetString(FrameChecks.Written(frame)) + "\n";
}

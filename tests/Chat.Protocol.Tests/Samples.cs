using System.Text.Json;

namespace Chat.Protocol.Tests;

/// <summary>Frames of every type, with all of their fields and with as few as they allow.</summary>
internal static class Samples
{
    private const string Awkward = "é😀 \"\\/\n\t\u2028\u007F</script>";
    private static readonly DateTimeOffset At = new(2026, 3, 1, 12, 0, 0, 250, TimeSpan.Zero);
    private static readonly JsonElement Json = JsonDocument.Parse("""{"a":["é😀\n",1.5,null,true,{}]}""").RootElement;
    private static readonly DaemonFrame.Message Plain = new(1, "ana", Awkward, At, "geral");

    public static IReadOnlyList<ClientFrame> Client { get; } =
    [
        new ClientFrame.Login("ana"),
        new ClientFrame.Login(Token: "t", Rooms: []),
        new ClientFrame.Login(Awkward, Awkward, Awkward, ["geral", Awkward], Awkward, "en") { Id = Awkward },
        new ClientFrame.Register("ana", "p"),
        new ClientFrame.Register("ana", Awkward, Awkward, Awkward, "pt-BR") { Id = "1" },
        new ClientFrame.Join("geral"),
        new ClientFrame.Join("geral", long.MaxValue, 0) { Id = "1" },
        new ClientFrame.Leave("geral"),
        new ClientFrame.Message("é😀 \"\\/\n\t\u2028", "geral") { Id = "1" },
        new ClientFrame.Message("a", To: "bia"),
        new ClientFrame.Message("a", "geral", ReplyTo: 7),
        new ClientFrame.Edit(1, Awkward.Replace("\u007F", ""), "geral") { Id = "1" },
        new ClientFrame.Edit(long.MaxValue, "", With: "bia"),
        new ClientFrame.Delete(1, "geral"),
        new ClientFrame.Delete(1, With: "bia") { Id = "1" },
        new ClientFrame.React(1, "👍", "geral"),
        new ClientFrame.React(1, Awkward, With: "bia", Remove: true) { Id = "1" },
        new ClientFrame.Mentions(),
        new ClientFrame.Mentions("x", 100) { Id = "1" },
        new ClientFrame.Read(45, "geral") { Id = "1" },
        new ClientFrame.Read(18, With: "bia"),
        new ClientFrame.Changes(0, "geral"),
        new ClientFrame.Changes(7, With: "bia", Limit: 500) { Id = "1" },
        new ClientFrame.Typing("geral"),
        new ClientFrame.Typing(With: "bia") { Id = "1" },
        new ClientFrame.Search("a"),
        new ClientFrame.Search(Awkward, "geral", From: "bia", Before: Awkward, Limit: 100) { Id = "1" },
        new ClientFrame.Search("a*", With: "bia"),
        new ClientFrame.Command("x"),
        new ClientFrame.Command("x", new Dictionary<string, JsonElement> { [Awkward] = Json, ["b"] = Json }, "geral") { Id = "1" },
        new ClientFrame.Commands(),
        new ClientFrame.Complete("/x"),
        new ClientFrame.Complete("/x", 1, "geral") { Id = "1" },
        new ClientFrame.History("geral"),
        new ClientFrame.History(With: "bia", After: 0, Limit: 500),
        new ClientFrame.History("geral", Before: long.MinValue, RepliesTo: 3),
        new ClientFrame.Members("geral"),
        new ClientFrame.Members("geral", "bia") { Id = "1" },
        new ClientFrame.Ping { Id = "1" },
        new ClientFrame.Logout(),
    ];

    public static IReadOnlyList<DaemonFrame> Daemon { get; } =
    [
        new DaemonFrame.Hello("chatd", "0.1.0", 1, new HelloLimits(16_384, 4_000, 10, 200, 60)),
        new DaemonFrame.Hello("chatd", "0.1.0", 1, new HelloLimits(16_384, 4_000, 10, 200, 60), ["changes"]),
        new DaemonFrame.Welcome("ana", [], "t", [], []),
        new DaemonFrame.Welcome("ana", ["admin"], "t", ["geral"], [new("bia", 7, 2, 9, "x")]) { Id = "1" },
        new DaemonFrame.Joined("geral", 0, 1, [], false),
        new DaemonFrame.Joined("geral", 2, 1, [Plain, Plain with { Seq = 2, Text = "", Erased = true }], true) { Id = "1" },
        new DaemonFrame.Joined("geral", 2, 1, [], true, "x", 9, Awkward, [Plain], true),
        new DaemonFrame.Left("geral"),
        new DaemonFrame.Left("geral", "kicked"),
        Plain,
        new DaemonFrame.Message(long.MaxValue, "ana", "a", At, To: "bia", Via: "rolar") { Id = Awkward },
        new DaemonFrame.Message(
            1, "ana", "a", At, "geral", null, null, null, 7, ["bia"], 2, At, [new("👍", 3, ["ana"], true), new("❤️", 1, [])]),
        new DaemonFrame.Change(1, "edit", "ana", At, 2, "geral", Text: Awkward, Mentions: ["bia"]) { Id = "1" },
        new DaemonFrame.Change(1, "react", "ana", At, To: "bia", Emoji: "👍"),
        new DaemonFrame.Read(45, "geral") { Id = "1" },
        new DaemonFrame.Read(18, With: "bia"),
        new DaemonFrame.Typing([], "geral"),
        new DaemonFrame.Typing(["ana", Awkward], With: "bia"),
        new DaemonFrame.Changes([], 0, false, "x", "geral"),
        new DaemonFrame.Changes([Plain], 7, true, "x", With: "bia") { Id = "1" },
        new DaemonFrame.Found([], false),
        new DaemonFrame.Found([Plain, Plain with { Room = null, To = "bia", With = "bia" }], true, "x") { Id = "1" },
        new DaemonFrame.Presence("geral", ["ana"], ["bia"]),
        new DaemonFrame.Reply(Awkward),
        new DaemonFrame.Reply("", Json) { Id = "1" },
        new DaemonFrame.Commands([], false),
        new DaemonFrame.Commands([new("x", ["y"], Awkward, "/x <n>", [Parameter, new("m", "text", "remainder", false)], "room")],
            true) { Id = "1" },
        new DaemonFrame.CommandsChanged(),
        new DaemonFrame.Completions(0, 0, []),
        new DaemonFrame.Completions(1, 2, [new("kick", Awkward), new("a")]) { Id = "1" },
        new DaemonFrame.History([], false, "geral"),
        new DaemonFrame.History([Plain], true, With: "bia") { Id = "1" },
        new DaemonFrame.Members("geral", [new("ana", []), new("bia", ["admin", "x"])], true) { Id = "1" },
        new DaemonFrame.Notice(Awkward),
        new DaemonFrame.Notice("a", "geral"),
        new DaemonFrame.Error("bad_frame", "x"),
        new DaemonFrame.Error("rate_limited", Awkward, "geral", 1_500) { Id = "1" },
        new DaemonFrame.Pong { Id = "1" },
        new DaemonFrame.Bye("logout"),
    ];

    private static ParameterEntry Parameter => new("n", "integer", "option", false, Awkward, "1", ["1", "2"], -1.5, 1e20, true);
}

using System.Text.Json;
using Chat.Protocol;

namespace Fuzz.Targets;

/// <summary>A frame of each type, with every field.</summary>
internal static class FrameSeeds
{
    private static readonly DateTimeOffset At = new(2026, 3, 1, 12, 0, 0, 250, TimeSpan.Zero);

    private static readonly JsonElement Any = JsonElement.Parse("""{"a":[1,null,"x",{"b":true}]}""");

    public static IEnumerable<ClientFrame> Client =>
    [
        new ClientFrame.Login("ana", "senha", null, ["geral", "r"], "netcat", "pt-BR") { Id = "1" },
        new ClientFrame.Login(Token: "dG9rZW4", Rooms: []),
        new ClientFrame.Register("ana", "senha", "convite", "netcat", "en") { Id = "2" },
        new ClientFrame.Join("geral", 12) { Id = "3" },
        new ClientFrame.Join("geral", 12, 7),
        new ClientFrame.Leave("geral") { Id = "4" },
        new ClientFrame.Message("olá\n\té😀", "geral") { Id = "5" },
        new ClientFrame.Message("/eu acena", To: "bia") { Id = "6" },
        new ClientFrame.Message("sim", "geral", ReplyTo: 3),
        new ClientFrame.Edit(3, "olá\té😀", "geral") { Id = "12" },
        new ClientFrame.Delete(3, With: "bia") { Id = "13" },
        new ClientFrame.React(3, "👍🏽", "geral", Remove: true) { Id = "14" },
        new ClientFrame.React(1, "🏳️‍🌈", With: "bia"),
        new ClientFrame.Changes(7, "geral", Limit: 500) { Id = "15" },
        new ClientFrame.Read(9, "geral") { Id = "16" },
        new ClientFrame.Mentions("9:3", 100) { Id = "17" },
        new ClientFrame.Typing("geral"),
        new ClientFrame.Typing(With: "bia"),
        new ClientFrame.Search("café* \"olá\" 😀", "geral", From: "bia", Before: "9:3", Limit: 100) { Id = "18" },
        new ClientFrame.Search("oi", With: "bia"),
        new ClientFrame.Command("dado", new Dictionary<string, JsonElement> { ["lados"] = Any, ["n"] = JsonElement.Parse("2") }, "geral"),
        new ClientFrame.Commands { Id = "7" },
        new ClientFrame.Complete("/aj", 3, "geral") { Id = "8" },
        new ClientFrame.History("geral", null, 1, null, 50) { Id = "9" },
        new ClientFrame.History(null, "bia", null, 9, 500),
        new ClientFrame.History("geral", Limit: 50, RepliesTo: 3),
        new ClientFrame.Members("geral", "ana") { Id = "10" },
        new ClientFrame.Ping { Id = "11" },
        new ClientFrame.Logout(),
    ];

    public static DaemonFrame.Message Message { get; } = new(3, "bia", "olá\n😀", At, "geral", Via: "eu", Erased: false) { Id = "5" };

    /// <summary>As a list shows it.</summary>
    private static DaemonFrame.Message Changed { get; } = Message with
    {
        Id = null,
        ReplyTo = 1,
        Mentions = ["ana"],
        Rev = 7,
        Edited = At,
        Reactions = [new("👍🏽", 2, ["ana", "bia"], true)],
    };

    public static IEnumerable<DaemonFrame> Daemon =>
    [
        new DaemonFrame.Hello("chat", "1.0", 1, new(16_384, 4_000, 10, 200, 60), ["changes"]),
        new DaemonFrame.Welcome("ana", ["member"], "dG9rZW4", ["geral"], [new("bia", 4, 1, 2, "bG9n", 3, 1)],
            [new("geral", 9, 1, 7, 2)]) { Id = "1" },
        new DaemonFrame.Joined("geral", 3, 1, [Message, Message with { Seq = 4, Id = null }], true) { Id = "2" },
        new DaemonFrame.Joined("geral", 3, 1, [], false, "bG9n", 7, "Assunto", [Changed], false),
        new DaemonFrame.Left("geral", "kicked") { Id = "3" },
        Message,
        Message with { Room = null, To = "ana", Erased = true, Text = "" },
        Changed,
        new DaemonFrame.Change(3, "edit", "bia", At, 8, "geral", Text: "oi", Mentions: ["ana"]) { Id = "12" },
        new DaemonFrame.Change(3, "unreact", "ana", At, To: "bia", Emoji: "👍🏽"),
        new DaemonFrame.Changes([Changed], 8, true, "bG9n", "geral") { Id = "15" },
        new DaemonFrame.Read(9, With: "bia") { Id = "16" },
        new DaemonFrame.Typing(["bia", "caio"], "geral"),
        new DaemonFrame.Typing([], With: "bia"),
        new DaemonFrame.Found([Changed, Message with { Room = null, To = "ana", With = "bia", Id = null }], true, "9:3") { Id = "18" },
        new DaemonFrame.Presence("geral", ["ana"], ["bia"]),
        new DaemonFrame.Reply("feito", Any) { Id = "4" },
        new DaemonFrame.Commands([new("ajuda", ["help"], "Ajuda.", "/ajuda [comando]",
            [new("comando", "choice", "argument", false, "Qual.", "a", ["a", "b"], 1, 2.5)], "room")], false) { Id = "6" },
        new DaemonFrame.CommandsChanged(),
        new DaemonFrame.Completions(0, 3, [new("/ajuda", "Ajuda."), new("/aj")]) { Id = "7" },
        new DaemonFrame.History([Message], false, "geral") { Id = "8" },
        new DaemonFrame.History([], true, With: "bia") { Id = "9" },
        new DaemonFrame.Members("geral", [new("ana", ["admin"])], true) { Id = "10" },
        new DaemonFrame.Notice("aviso", "geral"),
        new DaemonFrame.Error("rate_limited", "Devagar.", "geral", 1_500) { Id = "11" },
        new DaemonFrame.Pong { Id = "12" },
        new DaemonFrame.Bye("shutdown"),
    ];

    /// <summary>Names of types and fields.</summary>
    public static IReadOnlyList<string> Tokens { get; } =
    [
        .. new[]
        {
            "type", "id", "user", "password", "token", "rooms", "room", "to", "with", "text", "name", "args", "after", "before", "limit",
            "cursor", "seq", "first", "from", "at", "messages", "more", "direct", "roles", "data", "limits", "members", "commands",
            "rev", "log", "reply_to", "replies_to", "emoji", "remove", "edited", "reactions", "mentions", "changed",
            "more_changes", "topic", "joined", "left", "users", "unread", "read", "features",
            "code", "retry_after", "reason", "erased", "via", "client", "lang", "invitation", "completions", "length",
            "parameters", "choices", "aliases", "summary", "default", "min", "max", "where", "kind", "required", "usage",
            "$type", "$id", "$ref", "$values", "__proto__", "Type", "TYPE", "t\\u0079pe", "\\u0069d",
        }.Select(name => $"\"{name}\":"),
        "\"type\":\"message\",", "\"type\":\"login\",", "\"type\":\"dance\",", "\"id\":null,", "\"id\":\"x\",", "\"rooms\":[null],",
        " ", "\t",
        "\u2028", "\uFEFF",
    ];
}

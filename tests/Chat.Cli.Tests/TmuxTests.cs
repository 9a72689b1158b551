using Chat.Client;
using Chat.TestKit;
using Conversation = Chat.Client.Conversation;

namespace Chat.Cli.Tests;

/// <summary>What a user sees in a terminal.</summary>
[TestClass]
[OSCondition(OperatingSystems.Linux)]
public sealed class TmuxTests
{
    private static readonly Conversation Room = Conversation.Room("sala");

    [TestMethod]
    [Timeout(120_000)]
    public async Task TheLineIsEditedAsInAShell()
    {
        await using var daemon = await TestDaemon.StartAsync();
        await using var tmux = await EnterAsync(daemon.Port);
        await tmux.TypeAsync("primeira linha");
        await tmux.UntilShownAsync("ana: primeira linha");
        await tmux.PressAsync("um dois três", "C-w", "M-b", "C-y", "C-_", "M-b", "zero ", "Enter");
        await tmux.UntilShownAsync("ana: zero um dois");
        await tmux.PressAsync("C-r", "prim");
        await tmux.UntilShownAsync("(search: prim) primeira linha");
        await tmux.PressAsync("C-e", " outra", "Enter");
        await tmux.UntilShownAsync("ana: primeira linha outra");
        await tmux.PasteAsync("linha a\nlinha b");
        await tmux.UntilShownAsync("sala> linha a↵linha b");
        await tmux.PressAsync("Enter");
        await tmux.UntilAsync(s => s.Contains("ana: linha a\n", StringComparison.Ordinal)
            && s.Split('\n').Any(row => row.TrimStart() == "linha b"), "both lines in one message");
        await tmux.PressAsync("oi :tad", "Tab", "Enter");
        await tmux.UntilShownAsync("ana: oi 🎉");
    }

    [TestMethod]
    [Timeout(120_000)]
    public async Task TabCyclesAndAHintShowsWhatIsMissing()
    {
        await using var daemon = await TestDaemon.StartAsync();
        await using var tmux = await EnterAsync(daemon.Port);
        await tmux.PressAsync("/q", "Tab");
        await tmux.UntilShownAsync("/quit  /quem");
        await tmux.PressAsync("Tab");
        await tmux.UntilShownAsync("sala> /quit");
        await tmux.PressAsync("Tab");
        await tmux.UntilShownAsync("sala> /quem");
        await tmux.PressAsync("C-u", "/msg ");
        await tmux.UntilShownAsync("sala> /msg <user> <text…>");
        await tmux.PressAsync("bia ");
        await tmux.UntilAsync(s => s.Contains("sala> /msg bia <text…>", StringComparison.Ordinal), "the next parameter");
    }

    [TestMethod]
    [Timeout(120_000)]
    public async Task AnEditorChangesTheLine()
    {
        await using var daemon = await TestDaemon.StartAsync();
        var folder = Directory.CreateTempSubdirectory("chat-test-");
        var editor = Path.Combine(folder.FullName, "editor.sh");
        await File.WriteAllTextAsync(editor, """
            trap '' INT
            old=$(cat "$1")
            echo aberto
            read key
            printf 'do editor: %s%s\n' "$key" "$old" >"$1"

            """);
        await using var tmux = await EnterAsync(daemon.Port, environment: $"EDITOR='sh {editor}'");
        await using var bia = await GuestAsync(daemon.Port, "bia");
        await tmux.PressAsync(" rascunho", "C-x", "C-e");
        await tmux.UntilShownAsync("aberto");
        await tmux.PressAsync("C-c"); // the terminal sends it to the client too
        (await bia.SendAsync(Room, "meanwhile")).OrThrow();
        await tmux.PressAsync("tecla", "Enter"); // of the editor, not of the client
        await tmux.UntilShownAsync("sala> do editor: tecla rascunho");
        await tmux.UntilShownAsync("bia: meanwhile");
        await tmux.PressAsync("Enter");
        await tmux.UntilShownAsync("ana: do editor: tecla rascunho");
        folder.Delete(recursive: true);
    }

    [TestMethod]
    [Timeout(120_000)]
    public async Task AnEditorThatFailsLeavesTheLine()
    {
        await using var daemon = await TestDaemon.StartAsync();
        await using var tmux = await EnterAsync(daemon.Port, environment: "EDITOR=false");
        await tmux.PressAsync("rascunho", "C-x", "C-e");
        await tmux.UntilShownAsync("! The editor failed.");
        await tmux.PressAsync("Enter");
        await tmux.UntilShownAsync("ana: rascunho");
    }

    [TestMethod]
    [Timeout(120_000)]
    [DataRow(40)]
    [DataRow(200)]
    public async Task ReadingBackAndNumbers(int width)
    {
        await using var daemon = await TestDaemon.StartAsync(("Chat:Limits:MessagesPerSecond", "0"));
        await using var bia = await GuestAsync(daemon.Port, "bia");
        for (var i = 1; i <= 25; i++)
            (await bia.SendAsync(Room, $"mensagem {i}. 漢字 👨‍👩‍👧‍👦 {new string('x', 30)}")).OrThrow();
        await using var tmux = await EnterAsync(daemon.Port, width, 60);
        await tmux.UntilShownAsync("mensagem 25.");
        await tmux.PressAsync("PageUp");
        await tmux.UntilShownAsync("mensagem 6.");
        await tmux.PressAsync("M-n");
        await tmux.UntilShownAsync("The setting numbers is off.");
        await tmux.TypeAsync("sem");
        await tmux.UntilShownAsync("#sala ana: sem");
        await tmux.ResizeAsync(width / 2 + 10, 60);
        (await bia.SendAsync(Room, "depois de mudar a largura da tela")).OrThrow();
        await tmux.UntilShownAsync("sala>");
        var shown = await tmux.UntilAsync(s => s.Contains("bia:", StringComparison.Ordinal)
            && s.Contains("largura", StringComparison.Ordinal), "after the resize");
        Assert.AreEqual(1, shown.Split('\n').Count(row => row.StartsWith("sala>", StringComparison.Ordinal)), shown);
    }

    [TestMethod]
    [Timeout(120_000)]
    public async Task InTheCLocaleEverythingIsAscii()
    {
        await using var daemon = await TestDaemon.StartAsync();
        await using var bia = await GuestAsync(daemon.Port, "bia");
        await using var tmux = await EnterAsync(daemon.Port, environment: "LC_ALL=C LANG=C");
        (await bia.SendAsync(Room, "olá ✨ é\u202E")).OrThrow();
        await tmux.UntilShownAsync("bia: ola ? e");
        Assert.IsTrue(System.Text.Ascii.IsValid(await tmux.ShownAsync()), await tmux.ShownAsync());
    }

    [TestMethod]
    [Timeout(120_000)]
    public async Task NoColorMeansNone()
    {
        await using var daemon = await TestDaemon.StartAsync();
        await using var bia = await GuestAsync(daemon.Port, "bia");
        await using var tmux = await EnterAsync(daemon.Port, environment: "NO_COLOR=1");
        (await bia.SendAsync(Room, "oi @ana")).OrThrow();
        await tmux.UntilShownAsync("»bia: oi @ana");
        Assert.DoesNotContain("\e[", await tmux.ShownAsync(withColours: true));
    }

    /// <summary>Keys, aliases and colours of the configuration, and what /set and /clear do.</summary>
    [TestMethod]
    [Timeout(120_000)]
    public async Task TheConfigurationDecidesKeysAndColours()
    {
        await using var daemon = await TestDaemon.StartAsync();
        await using var bia = await GuestAsync(daemon.Port, "bia");
        await using var tmux = await EnterAsync(daemon.Port, config: """
            {
              "numbers": false, "colors": { "@bia": "underline 33" }, "aliases": { "q": "/who" },
              "keys": { "f2": "/clear", "alt-q": "/q", "ctrl-t": "line-start" },
            }
            """);
        (await bia.SendAsync(Room, "oi")).OrThrow();
        await tmux.UntilShownAsync("#sala bia: oi");
        Assert.MatchesRegex(@"4m\e\[38;5;33m(\e\[49m)? ?bia", await tmux.ShownAsync(withColours: true));
        await tmux.PressAsync("rascunho", "M-q");
        await tmux.UntilShownAsync("In the room sala (2): ana, bia");
        await tmux.UntilShownAsync("sala> rascunho");
        await tmux.PressAsync("F2");
        await tmux.UntilAsync(s => s.TrimEnd() == "sala> rascunho", "nothing but the line");
        await tmux.PressAsync("C-t", "meu ", "Enter");
        await tmux.UntilShownAsync("#sala ana: meu rascunho");
        await tmux.TypeAsync("/set theme none");
        await tmux.UntilShownAsync("The setting theme is none.");
        await tmux.TypeAsync("/clear");
        await tmux.UntilAsync(s => s.TrimEnd() == "sala>", "nothing but the prompt");
        (await bia.SendAsync(Room, "sem cores")).OrThrow();
        await tmux.UntilShownAsync("bia: sem cores");
        Assert.DoesNotContain("\e[", await tmux.ShownAsync(withColours: true));
        await tmux.TypeAsync("/set");
        await tmux.UntilShownAsync("The setting level #sala is mentions.");
        await tmux.TypeAsync("/q");
        await tmux.UntilShownAsync("In the room sala");
        await tmux.PressAsync("Up");
        await tmux.UntilAsync(s => s.TrimEnd().EndsWith("sala> /q", StringComparison.Ordinal), "the alias as it was typed");
    }

    /// <summary>Such as a password manager that is locked.</summary>
    [TestMethod]
    [Timeout(120_000)]
    public async Task APasswordCommandMayAskInTheTerminal()
    {
        await using var daemon = await TestDaemon.StartAsync();
        const string Command = "printf 'Master: ' >&2; read -r key; test \\\"$key\\\" = abre && echo " + TestDaemon.AdminPassword;
        await using var tmux = await Tmux.StartAsync("--lang en", config: $$"""
            { "connect": "127.0.0.1:{{daemon.Port}}", "user": "admin", "password-command": "{{Command}}" }
            """);
        await tmux.UntilShownAsync("Master:");
        await tmux.PressAsync("abre", "Enter");
        await tmux.UntilShownAsync("geral>");
        await tmux.TypeAsync("oi");
        await tmux.UntilShownAsync("admin: oi");
        Assert.DoesNotContain(TestDaemon.AdminPassword, await tmux.TranscriptAsync());
    }

    private static async Task<Tmux> EnterAsync(
        int port, int width = 80, int height = 24, string environment = "", string? config = null)
    {
        var arguments = $"--connect 127.0.0.1:{port} --user ana --room sala --lang en";
        var tmux = await Tmux.StartAsync(arguments, width, height, environment, config);
        await tmux.UntilShownAsync("sala>"); // what is typed before is discarded
        return tmux;
    }

    private static async Task<ChatClient> GuestAsync(int port, string user)
    {
        var client = new ChatClient(Clients.Options(port) with { Language = "en" });
        (await client.LoginAsync(LoginRequest.Guest(user, "sala"))).OrThrow();
        return client;
    }
}

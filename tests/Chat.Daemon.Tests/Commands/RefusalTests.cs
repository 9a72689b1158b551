using System.Text.Json;
using Chat.Daemon.Diagnostics;
using Chat.Daemon.Storage;
using Chat.Daemon.Storage.Sqlite;
using Chat.Protocol;
using Chat.TestKit;

namespace Chat.Daemon.Tests.Commands;

/// <summary>How commands fail, and what the client is told.</summary>
[TestClass]
public sealed class RefusalTests
{
    private static readonly CapturedLog Log = new();
    private static TestUsers users = null!;
    private static DirectoryInfo folder = null!;

    [ClassInitialize]
    public static async Task StartAsync(TestContext context) => (users, folder) = await TestUsers.WithPluginAsync("Clumsy", Log);

    [ClassCleanup]
    public static async Task StopAsync()
    {
        await users.DisposeAsync();
        folder.Delete(recursive: true);
    }

    [TestMethod]
    public async Task AnUnknownNameIsGuessedFromWhatTheCallerMayRun()
    {
        var guest = await users.EnterAsync(TestUsers.NewName("ana"));
        var admin = await users.AdminAsync();

        var near = await guest.RefusalAsync("/entrra jogos");
        var hidden = await guest.RefusalAsync("/encerar");
        var seen = await admin.RefusalAsync("/encerar");

        Assert.AreEqual(("no_such_command", "O comando /entrra não existe. Você quis dizer /entrar?"), (near.Code, near.Text));
        Assert.AreEqual("no_such_command", hidden.Code);
        Assert.DoesNotContain("encerrar", hidden.Text);
        Assert.Contains("/encerrar?", seen.Text);
    }

    [TestMethod]
    public async Task AGroupListsTheSubcommandsThatTheCallerMayRun()
    {
        var guest = await users.EnterAsync(TestUsers.NewName("ana"));
        var moderator = await users.EnterAsync(TestUsers.NewName("mo"), Role.Moderator, "en");

        var hidden = await guest.RefusalAsync("/palavra");
        var listed = await moderator.RefusalAsync("/WORD");
        var help = await moderator.ReplyAsync("/help word");
        await moderator.SendAsync(new ClientFrame.Command("palavra", Room: "geral"));
        var frame = await moderator.ExpectAsync<DaemonFrame.Error>();

        Assert.AreEqual("no_such_command", hidden.Code);
        Assert.AreEqual(("bad_arguments", """
            /WORD needs one of these sub-commands:
            /word allow <word> — Unblocks a word.
            /word block <word> — Blocks messages that contain a word.
            /word list — Shows the blocked words.
            """.ReplaceLineEndings("\n")), (listed.Code, listed.Text));
        Assert.Contains("/word block <word>", help.Text);
        Assert.AreEqual("bad_arguments", frame.Code);
        Assert.StartsWith("/palavra needs", frame.Text);
    }

    [TestMethod]
    [DataRow("/word alow x", "There is no command /word alow. Did you mean /word allow?\n/word needs")]
    [DataRow("/word  BLOK", "There is no command /word BLOK. Did you mean /word block?\n/word needs")]
    [DataRow("/palavra bloquar x", "There is no command /palavra bloquar. Did you mean /palavra bloquear?\n/palavra needs")]
    [DataRow("/word something", "/word needs")]
    [DataRow("/word ", "/word needs")]
    public async Task AMisspelledSubcommandIsGuessed(string line, string expected)
    {
        var moderator = await users.EnterAsync(TestUsers.NewName("mo"), Role.Moderator, "en");
        var refusal = await moderator.RefusalAsync(line);
        Assert.AreEqual("bad_arguments", refusal.Code);
        Assert.StartsWith(expected, refusal.Text);
    }

    [TestMethod]
    public async Task HelpOfACommandThatIsAGroupListsItsSubcommands()
    {
        var admin = await users.AdminAsync("en");
        var help = (await admin.ReplyAsync("/help plugins")).Text;
        Assert.StartsWith("/plugins — ", help);
        Assert.Contains("\n/plugins reload <", help);
    }

    [TestMethod]
    [DataRow("/\uFFFE")]
    [DataRow("/é\uFFFE x")]
    [DataRow("/")]
    [DataRow("/ ajuda")]
    public async Task ALineThatIsNoCommandIsNoSuchCommand(string line)
    {
        var guest = await users.EnterAsync(TestUsers.NewName("ana"));
        Assert.AreEqual("no_such_command", await guest.TypeAsync(line));
    }

    [TestMethod]
    [DataRow("/msg", "Falta usuário (usuário).")]
    [DataRow("/topico \u00e9", null)]
    [DataRow("/ajuda \"entrar", null)]
    public async Task AnArgumentErrorShowsTheUsage(string line, string? sentence)
    {
        var guest = await users.EnterAsync(TestUsers.NewName("ana"));
        var answer = await guest.AskAsync<DaemonFrame>(new ClientFrame.Message(line, "geral"));
        if (sentence is null) Assert.IsNotInstanceOfType<DaemonFrame.Message>(answer);
        else
        {
            Assert.AreEqual("bad_arguments", ((DaemonFrame.Error)answer).Code);
            Assert.Contains(sentence, ((DaemonFrame.Error)answer).Text);
            Assert.Contains("/msg <usuário> <texto…>", ((DaemonFrame.Error)answer).Text);
        }
    }

    [TestMethod]
    public async Task ACommandOverItsRateIsRefusedWithRetryAfter()
    {
        var guest = await users.EnterAsync(TestUsers.NewName("ana"));
        Assert.AreEqual("uma vez", await guest.TypeAsync("/raro"));
        var refusal = await guest.RefusalAsync("/raro");
        Assert.AreEqual("rate_limited", refusal.Code);
        Assert.IsInRange(1L, 60_000L, refusal.RetryAfter!.Value);
    }

    [TestMethod]
    public async Task ACommandThatThrowsAnswersWithAReferenceToTheLog()
    {
        var guest = await users.EnterAsync(TestUsers.NewName("ana"));
        var refusal = await guest.RefusalAsync("/tropecar");

        Assert.AreEqual("command_failed", refusal.Code);
        Assert.DoesNotContain("stumbled", refusal.Text);
        var reference = refusal.Text.TrimEnd('.').Split(' ')[^1];
        var line = await Log.LineAsync(l => l.Contains(reference, StringComparison.Ordinal));
        Assert.StartsWith("Error ", line);
        Assert.Contains("It stumbled.", line);
    }

    [TestMethod]
    [DataRow("/pendurar")]
    [DataRow("/teimar")]
    public async Task ACommandThatHangsDelaysLaterFramesUntilItsDeadline(string line)
    {
        var guest = await users.EnterAsync(TestUsers.NewName("ana"));
        await guest.SendAsync(new ClientFrame.Message(line, "geral") { Id = "hang" });
        await guest.SendAsync(new ClientFrame.Message("depois", "geral") { Id = "later" });

        Assert.AreEqual("timeout", (await guest.ExpectAsync<DaemonFrame.Error>(e => e.Id == "hang")).Code);
        Assert.AreEqual("depois", (await guest.ExpectAsync<DaemonFrame.Message>(m => m.Id == "later")).Text);
    }

    [TestMethod]
    public async Task ATakeOverCancelsTheOldConnectionsCommand()
    {
        var old = await users.ConnectAsync("ana");
        var name = TestUsers.NewName("ana");
        var welcome = await old.LoginAsync(new ClientFrame.Login(name, Rooms: ["geral"]));
        await old.SendAsync(new ClientFrame.Message("/esperar", "geral"));
        await Log.LineAsync(l => l.Contains("Plugin.clumsy: A command waits", StringComparison.Ordinal));

        var next = await users.ConnectAsync("ana");
        await next.LoginAsync(new ClientFrame.Login(Token: welcome.Token, Rooms: []));

        await Log.LineAsync(l => l.Contains("Plugin.clumsy: A command was cancelled", StringComparison.Ordinal));
        Assert.AreEqual("taken_over", (await old.ExpectAsync<DaemonFrame.Bye>()).Reason);
    }

    [TestMethod]
    public async Task MetricsCountCommandsByOutcome()
    {
        var commands = users.Daemon.Get<DaemonMetrics>().Commands;
        var (done, refused) = (commands["ok"].Value, commands["forbidden"].Value);
        var guest = await users.EnterAsync(TestUsers.NewName("ana"));
        await guest.ReplyAsync("/salas");
        await guest.RefusalAsync("/plugins");
        await guest.SettleAsync();
        Assert.IsGreaterThan(done, commands["ok"].Value);
        Assert.IsGreaterThan(refused, commands["forbidden"].Value);
    }

    [TestMethod]
    public async Task ACommandInTheWrongPlaceIsForbidden()
    {
        var moderator = await users.EnterAsync(TestUsers.NewName("max"), Role.Moderator);
        var refusal = await moderator.AskAsync<DaemonFrame.Error>(new ClientFrame.Command("kick"));
        Assert.AreEqual("forbidden", refusal.Code);
        Assert.Contains("só", refusal.Text);
    }

    [TestMethod]
    public async Task AMutedUserCannotPostByCommand()
    {
        var name = TestUsers.NewName("ana");
        var guest = await users.EnterAsync(name);
        var admin = await users.AdminAsync();
        Assert.AreEqual("dito", (await guest.AskAsync<DaemonFrame.Message>(new ClientFrame.Message("dito", "geral"))).Text);
        await guest.ReplyAsync("/dizer por um comando");
        Assert.AreEqual("dizer", (await admin.ExpectAsync<DaemonFrame.Message>(m => m.From == name && m.Text == "por um comando")).Via);

        await admin.ReplyAsync($"/mute {name} 10m");

        Assert.AreEqual("muted", await guest.TypeAsync("/dizer mais"));
        Assert.AreEqual("muted", await guest.TypeAsync("/dizer --baixo mais"));
        Assert.AreEqual("muted", await guest.TypeAsync("mais"));
    }

    [TestMethod]
    public async Task ARefusedShutdownIsAuditedAndLogged()
    {
        var name = TestUsers.NewName("gil");
        var guest = await users.EnterAsync(name);
        Assert.AreEqual("forbidden", await guest.TypeAsync("/encerrar 5m porque sim"));
        Assert.AreEqual("forbidden", await guest.TypeAsync("/shutdown"));

        var rows = await AuditOfAsync(name);
        CollectionAssert.AreEqual(
            new[] { """encerrar geral {"espera":"5m","motivo":"porque sim"} forbidden""", "encerrar geral {} forbidden" }, rows.ToArray());
        await Log.LineAsync(l => l.Contains($"{name} called encerrar, forbidden", StringComparison.Ordinal));
    }

    [TestMethod]
    public async Task PasswordsAreNeitherAuditedNorLogged()
    {
        var name = TestUsers.NewName("mia");
        var member = await users.EnterAsync(name, Role.Member);
        await member.TypeAsync($"/senha \"{TestUsers.Password}\" segredo-novo-1");
        await member.TypeAsync("/senha errado-segredo-2 segredo-novo-3 segredo-a-mais-4");
        var args = new Dictionary<string, JsonElement> { ["nova"] = JsonElement.Parse("\"segredo-novo-5\"") };
        await member.AskAsync<DaemonFrame>(new ClientFrame.Command("senha", args));
        var admin = await users.AdminAsync();
        await admin.TypeAsync($"/conta criar {TestUsers.NewName("novo")} segredo-novo-6");

        var rows = await AuditOfAsync(name);
        Assert.AreEqual("senha geral {} ok, senha geral {} wrong_password, senha  {} bad_arguments", string.Join(", ", rows));
        Assert.IsFalse((await AuditOfAsync("admin")).Any(r => r.Contains("segredo", StringComparison.Ordinal)));
        Assert.IsFalse(Log.Lines.Any(l => l.Contains("segredo-", StringComparison.Ordinal)));
    }

    private static async Task<IReadOnlyList<string>> AuditOfAsync(string caller) => await users.Daemon.Get<SqliteReaders>().ReadAsync(
        reader => reader.Rows("SELECT command, place, arguments, outcome FROM audit WHERE caller = $caller ORDER BY id",
            row => $"{row.GetString(0)} {row.TextOrNull(1)} {row.GetString(2)} {row.GetString(3)}", ("$caller", caller)),
        CancellationToken.None);
}

using Chat.Client;
using Chat.TestKit;

namespace Chat.Cli.Tests;

/// <summary>A command's password is asked for, and is neither shown nor offered again.</summary>
[TestClass]
public sealed class SecretTests
{
    private const string Password = "cavalo \"bateria\" \\ 7";

    [TestMethod]
    [Timeout(60_000)]
    public async Task AMissingPasswordIsAskedForTwice()
    {
        await using var daemon = await TestDaemon.StartAsync();
        await using var screen = new TestScreen(await AdminAsync(daemon.Port));
        foreach (var line in (string[])["/conta criar bia --papel moderador", "outra senha", "errei a senha", Password, Password])
            screen.Type(line);
        await screen.UntilSaidAsync("bia");
        Assert.AreEqual(
            "password (hidden): |Repeat password (hidden): |password (hidden): |Repeat password (hidden): ",
            string.Join('|', screen.Asked));
        Assert.Contains("* They do not match. Try again.", screen.Lines);
        Assert.AreEqual("/conta criar bia --papel moderador", string.Join('|', screen.Remembered));
        await AssertLoginAsync(daemon.Port, "bia", Password);
        AssertHidden(screen, "cavalo", "outra", "errei");
    }

    [TestMethod]
    [Timeout(60_000)]
    [OSCondition(OperatingSystems.Linux)]
    public async Task OnlyThePasswordIsAskedForAgainIfItIsTooShort()
    {
        await using var daemon = await TestDaemon.StartAsync();
        await using var terminal = new TerminalProcess($"--connect 127.0.0.1:{daemon.Port} --user bia --register --lang en");
        await terminal.UntilShownAsync("New password for bia: ");
        terminal.Type("abc\r");
        await terminal.UntilShownAsync("Repeat password: ");
        terminal.Type("abc\r");
        await terminal.UntilShownAsync("A password needs");
        terminal.Type($"{Password}\r{Password}\r");
        await terminal.UntilShownAsync("Created the account bia.");
        await terminal.UntilShownAsync("with the password");
        await AssertLoginAsync(daemon.Port, "bia", Password);
    }

    [TestMethod]
    [Timeout(60_000)]
    public async Task BothPasswordsOfAChangeAreAskedFor()
    {
        await using var daemon = await TestDaemon.StartAsync();
        await using var screen = new TestScreen(await AdminAsync(daemon.Port));
        foreach (var line in (string[])["/senha", TestDaemon.AdminPassword, Password, Password]) screen.Type(line);
        await screen.UntilAsync(s => s.Lines.Any(l => l.Contains("password", StringComparison.OrdinalIgnoreCase)));
        await AssertLoginAsync(daemon.Port, "admin", Password);
        AssertHidden(screen, "cavalo", TestDaemon.AdminPassword);
    }

    [TestMethod]
    [Timeout(60_000)]
    public async Task APasswordInTheLineIsKeptOutOfTheHistory()
    {
        await using var daemon = await TestDaemon.StartAsync();
        await using var screen = new TestScreen(await AdminAsync(daemon.Port));
        foreach (var line in (string[])["oi", "/conta criar bia cavalo bateria", "/salas", "/trocar #geral"]) screen.Type(line);
        await screen.UntilSaidAsync("Now talking in geral.");
        await screen.UntilSaidAsync("bia");
        Assert.AreEqual("oi|/conta criar bia|/salas|/trocar #geral", string.Join('|', screen.Remembered));
        Assert.IsEmpty(screen.Asked);
        await AssertLoginAsync(daemon.Port, "bia", "cavalo bateria");
        AssertHidden(screen, "cavalo");
    }

    [TestMethod]
    [Timeout(60_000)]
    public async Task AnEmptyAnswerSendsNothing()
    {
        await using var daemon = await TestDaemon.StartAsync();
        await using var screen = new TestScreen(await AdminAsync(daemon.Port));
        foreach (var line in (string[])["/conta criar bia", "", "ainda aqui"]) screen.Type(line);
        await screen.UntilSaidAsync("admin: ainda aqui");
        Assert.Contains("Not sent: /conta criar bia", screen.Lines);
    }

    [TestMethod]
    [Timeout(60_000)]
    public async Task WhileDisconnectedThePasswordIsHidden()
    {
        await using var daemon = await ProcessDaemon.StartAsync($"--Chat:Admin:Password={TestDaemon.AdminPassword}");
        await using var proxy = new CuttingProxy(daemon.Port);
        await using var screen = new TestScreen(await AdminAsync(proxy.Port, TimeSpan.FromSeconds(3)));
        screen.Type("/salas");
        await screen.UntilSaidAsync("geral");
        await proxy.BreakAsync();
        await screen.UntilSaidAsync("Connection lost");
        screen.Type("/conta criar bia cavalo bateria");
        await screen.UntilSaidAsync("! Not sent: /conta");
        AssertHidden(screen, "cavalo");
    }

    [TestMethod]
    [OSCondition(OperatingSystems.Linux)]
    [Timeout(120_000)]
    public async Task ATerminalNeverShowsIt()
    {
        await using var daemon = await ProcessDaemon.StartAsync($"--Chat:Admin:Password={TestDaemon.AdminPassword}");
        await using var terminal = new TerminalProcess($"--connect 127.0.0.1:{daemon.Port} --user admin --lang en");
        await terminal.UntilShownAsync("Password for admin: ");
        terminal.Type(TestDaemon.AdminPassword + "\r");
        await terminal.UntilShownAsync("You are in geral.");
        terminal.Type("/account create bia\r");
        await terminal.UntilShownAsync("password (hidden): ");
        terminal.Type("cavalo78\t\e[A\r");
        await terminal.UntilShownAsync("Repeat password (hidden): ");
        terminal.Type("cavalo78\r");
        await terminal.UntilShownAsync("Created the account bia.");
        terminal.Type("\e[A");
        await terminal.UntilShownAsync("geral> /account create bia");
        Assert.DoesNotContain("cavalo78", terminal.Shown);
    }

    private static async Task<ChatClient> AdminAsync(int port, TimeSpan? giveUpAfter = null)
    {
        var client = new ChatClient(Clients.Options(port) with { Language = "en", GiveUpAfter = giveUpAfter });
        (await client.LoginAsync(LoginRequest.Account("admin", TestDaemon.AdminPassword, ["geral"]))).OrThrow();
        return client;
    }

    private static async Task AssertLoginAsync(int port, string user, string password)
    {
        await using var client = new ChatClient(Clients.Options(port));
        (await client.LoginAsync(LoginRequest.Account(user, password, []))).OrThrow();
    }

    private static void AssertHidden(TestScreen screen, params string[] secrets)
    {
        var shown = string.Join('\n', [.. screen.Lines, .. screen.Remembered, .. screen.Waiting, .. screen.Asked, screen.Draft]);
        foreach (var secret in secrets) Assert.DoesNotContain(secret, shown);
    }
}

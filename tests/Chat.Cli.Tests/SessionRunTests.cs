using System.IO.Pipelines;
using Chat.Cli.Terminal;
using Chat.Client;
using Chat.Client.Programs;
using Chat.Protocol;
using Chat.TestKit;
using Conversation = Chat.Client.Conversation;

namespace Chat.Cli.Tests;

/// <summary>The exit status and the token when the session ends before the input, with text and with JSON.</summary>
[TestClass]
public sealed class SessionRunTests
{
    [TestMethod]
    [DataRow(false)]
    [DataRow(true)]
    public async Task LostDaemonFailsTheRun(bool json)
    {
        await using var daemon = await ProcessDaemon.StartAsync();
        await using var proxy = new CuttingProxy(daemon.Port);
        await using var run = await Run.BeginAsync(Clients.Options(proxy.Port) with { GiveUpAfter = TimeSpan.FromSeconds(1) }, json);
        await run.SayAsync("antes");
        await proxy.BreakAsync();
        await run.WriteAsync("nunca");
        Assert.AreEqual(ExitStatus.CannotConnect, await run.EndAsync(), run.Output);
        Assert.AreEqual(run.FirstToken, run.Token);
        StringAssert.Contains(run.LastLine, json ? """{"type":"bye","reason":"unreachable"}""" : "does not answer");
    }

    [TestMethod]
    [DataRow(false)]
    [DataRow(true)]
    public async Task SessionTakenOverKeepsItsToken(bool json)
    {
        await using var daemon = await ProcessDaemon.StartAsync();
        await using var run = await Run.BeginAsync(Clients.Options(daemon.Port), json);
        await run.SayAsync("antes");
        await using var other = await TestClient.ConnectAsync(daemon.Port);
        await other.LoginAsync(new ClientFrame.Login(Token: run.FirstToken, Rooms: []));
        Assert.AreEqual(ExitStatus.Refused, await run.EndAsync(), run.Output);
        Assert.AreEqual(run.FirstToken, run.Token);
    }

    [TestMethod]
    [DataRow(false)]
    [DataRow(true)]
    public async Task EndedSessionDiscardsItsToken(bool json)
    {
        await using var daemon = await ProcessDaemon.StartAsync();
        await using var proxy = new CuttingProxy(daemon.Port);
        await using var run = await Run.BeginAsync(Clients.Options(proxy.Port), json);
        await run.SayAsync("antes");
        await proxy.BreakAsync();
        await using (var other = await TestClient.ConnectAsync(daemon.Port))
        {
            await other.LoginAsync(new ClientFrame.Login(Token: run.FirstToken, Rooms: []));
            await other.AskAsync<DaemonFrame.Bye>(new ClientFrame.Logout());
        }
        proxy.Target = daemon.Port;
        Assert.AreEqual(ExitStatus.Refused, await run.EndAsync(), run.Output);
        Assert.IsNull(run.Token);
    }

    /// <summary>A ban takes the user out of every room at once, unasked, so it ends the run.</summary>
    [TestMethod]
    [DataRow(false)]
    [DataRow(true)]
    public async Task ABanEndsTheRunAndNothingIsSentAfterIt(bool json)
    {
        var room = Conversation.Room("r");
        await using var daemon = await ProcessDaemon.StartAsync("--Chat:Admin:Password=uma senha boa");
        await using var admin = new ChatClient(Clients.Options(daemon.Port));
        (await admin.LoginAsync(new LoginRequest { User = "admin", Password = "uma senha boa", Rooms = ["r"] })).OrThrow();
        await using var run = await Run.BeginAsync(Clients.Options(daemon.Port), json);
        await run.SayAsync("antes");
        (await admin.RunAsync(room, "/ban ana")).OrThrow();
        await run.WriteAsync("nunca");
        Assert.AreEqual(ExitStatus.Refused, await run.EndAsync(), run.Output);
        Assert.AreEqual(json ? """{"type":"bye","reason":"banned"}""" : "You are banned.", run.LastLine);
        Assert.AreEqual(2, (await admin.SendAsync(room, "depois")).OrThrow().Seq);
    }

    [TestMethod]
    public async Task JsonTakesAndShowsChanges()
    {
        await using var daemon = await ProcessDaemon.StartAsync();
        await using var run = await Run.BeginAsync(Clients.Options(daemon.Port), json: true);
        await run.SayAsync("antes");
        await run.WriteAsync("""{"type":"message","room":"r","text":"sim","reply_to":1}""");
        await run.WriteAsync("""{"type":"edit","room":"r","seq":1,"text":"depois","id":"e"}""");
        await run.WriteAsync("""{"type":"react","room":"r","seq":1,"emoji":"👍"}""");
        await run.WriteAsync("""{"type":"delete","room":"r","seq":1}""");
        await run.UntilAsync("\"kind\":\"delete\"");
        StringAssert.Contains(run.Output, "\"reply_to\":1");
        StringAssert.Contains(run.Output, "\"text\":\"depois\"");
        StringAssert.Contains(run.Output, "\"kind\":\"react\"");
    }

    /// <summary>The reply to the command says it already. What others do is shown.</summary>
    [TestMethod]
    public async Task AnOwnChangeByACommandIsShownOnce()
    {
        await using var daemon = await ProcessDaemon.StartAsync();
        await using var run = await Run.BeginAsync(Clients.Options(daemon.Port), json: false);
        await run.SayAsync("antes");
        await run.WriteAsync("/edit 1 depois");
        await run.UntilAsync("Edited message 1.");
        await using var bia = new ChatClient(Clients.Options(daemon.Port));
        (await bia.LoginAsync(LoginRequest.Guest("bia", "r"))).OrThrow();
        (await bia.ReactAsync(Conversation.Room("r"), 1, "👍")).OrThrow();
        await run.UntilAsync("bia reacted to #1");
        Assert.DoesNotContain("ana edited", run.Output);
    }

    [TestMethod]
    [Timeout(60_000)]
    public async Task JsonAnswersASearch()
    {
        await using var daemon = await ProcessDaemon.StartAsync("--Chat:Roles:guest:0=message.search");
        await using var run = await Run.BeginAsync(Clients.Options(daemon.Port), json: true);
        await run.SayAsync("café um");
        await run.SayAsync("café dois");
        for (var asked = 1; !run.LastLine.StartsWith("""{"type":"found","messages":[{"seq":2,""", StringComparison.Ordinal); asked++)
        {
            // a new text is found within a second
            await run.WriteAsync($$"""{"type":"search","text":"cafe","limit":1,"id":"s{{asked}}"}""");
            await run.UntilAsync($"\"id\":\"s{asked}\"");
        }
        await run.WriteAsync("""{"type":"search","text":"cafe","with":"bia","id":"w"}""");
        await run.UntilAsync("\"id\":\"w\"");
        StringAssert.StartsWith(run.LastLine, """{"type":"error","code":"no_such_user""");
    }

    /// <summary>The client after its login, with an input that stays open.</summary>
    private sealed class Run : IAsyncDisposable
    {
        private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(20);

        private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("chat-test-");
        private readonly Pipe input = new(), output = new();
        private readonly StreamReader shown;
        private readonly List<string> lines = [];
        private readonly TokenFile file;
        private readonly ChatClient client;
        private readonly Task<int> running;

        private Run(ChatClient client, bool json)
        {
            this.client = client;
            file = TokenFile.Open(folder.FullName, DaemonAddress.Default, "ana")!;
            file.Write(FirstToken);
            shown = new StreamReader(output.Reader.AsStream());
            var texts = new CliTexts("en");
            var loggedIn = new LoggedIn(client, client.Welcome!, new SavedToken(file, texts), LoginMethod.Guest);
            var screen = new PipeScreen(new StreamReader(input.Reader.AsStream()), new StreamWriter(output.Writer.AsStream()),
                isUtf8: true);
            running = RunAsync(loggedIn, () => json ? new JsonDialogue(loggedIn, texts, screen)
                : new TextDialogue(loggedIn, DaemonAddress.Default, new DialogueSettings(), texts, screen));
        }

        public string FirstToken => client.Welcome!.Token!;

        public string? Token => file.Read();

        public string Output => string.Join('\n', lines);

        public string LastLine => lines[^1];

        public static async Task<Run> BeginAsync(ChatClientOptions options, bool json)
        {
            var client = new ChatClient(options with { Language = "en" });
            (await client.LoginAsync(LoginRequest.Guest("ana", "r"))).OrThrow();
            return new Run(client, json);
        }

        public async Task WriteAsync(string line) => await input.Writer.WriteAsync(System.Text.Encoding.UTF8.GetBytes(line + "\n"));

        /// <summary>Returns when the message is shown.</summary>
        public async Task SayAsync(string line)
        {
            await WriteAsync(line);
            await UntilAsync(line);
        }

        public async Task UntilAsync(string text)
        {
            while (lines is [] || !LastLine.Contains(text, StringComparison.Ordinal))
                lines.Add((await shown.ReadLineAsync().WaitAsync(Deadline))!);
        }

        public async Task<int> EndAsync()
        {
            while (await shown.ReadLineAsync().WaitAsync(Deadline) is { } line) lines.Add(line);
            return await running;
        }

        public async ValueTask DisposeAsync()
        {
            await client.DisposeAsync();
            file.Dispose();
            folder.Delete(recursive: true);
        }

        private async Task<int> RunAsync(LoggedIn loggedIn, Func<IDialogue> begin)
        {
            try
            {
                return await SessionRun.RunAsync(loggedIn, begin, default);
            }
            finally
            {
                await output.Writer.CompleteAsync();
            }
        }
    }
}

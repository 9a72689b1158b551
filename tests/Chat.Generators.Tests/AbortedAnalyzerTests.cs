namespace Chat.Generators.Tests;

/// <summary>A command must pass its cancellation to the calls that it waits for.</summary>
[TestClass]
public sealed class AbortedAnalyzerTests
{
    public TestContext TestContext { get; set; } = null!;

    [TestMethod]
    [DataRow("await Task.Delay(1);", "CHAT005 Task.Delay(1)")]
    [DataRow("await Task.Delay(1, default);", "CHAT005 Task.Delay(1, default)")]
    [DataRow("await Task.Delay(1, CancellationToken.None);", "CHAT005 Task.Delay(1, CancellationToken.None)")]
    [DataRow("await Task.Delay(1, context.Aborted);", "")]
    [DataRow("using var both = CancellationTokenSource.CreateLinkedTokenSource(context.Aborted); await Task.Delay(1, both.Token);", "")]
    [DataRow("await Own(1);", "CHAT005 Own(1)")]
    [DataRow("await Own(1, context.Aborted);", "")]
    [DataRow("await new System.IO.StringReader(\"\").ReadToEndAsync();", "CHAT005 new System.IO.StringReader(\"\").ReadToEndAsync()")]
    [DataRow("await Task.Run(() => { });", "CHAT005 Task.Run(() => { })")]
    [DataRow("await Task.Yield(); new TaskCompletionSource().TrySetCanceled();", "")]
    [DataRow("await Task.Yield(); new SemaphoreSlim(1).Wait();", "CHAT005 new SemaphoreSlim(1).Wait()")]
    [DataRow("Func<Task> later = () => Task.Delay(1); await later();", "CHAT005 Task.Delay(1)")]
    [DataRow("Func<Task> later = static () => Task.Delay(1); await later();", "")]
    [DataRow("await Task.WhenAll(Task.CompletedTask);", "")]
    public async Task ACallWithoutTheTokenIsReported(string body, string expected) =>
        Assert.AreEqual(
            expected, string.Join(", ", await Analysis.RunAsync(Source("[Command(\"um\")]", body), TestContext.CancellationToken)));

    [TestMethod]
    public async Task AMethodThatIsNotACommandIsNotChecked() =>
        Assert.IsEmpty(await Analysis.RunAsync(Source("", "await Task.Delay(1);"), TestContext.CancellationToken));

    [TestMethod]
    [DataRow("IEventHandler<UserJoined>", "public async ValueTask HandleAsync(UserJoined e, CancellationToken stop)", "stop to Delay")]
    [DataRow("IHandover", "public async ValueTask RestoreAsync(byte[] state, CancellationToken stop)", "stop to Delay")]
    [DataRow("Host", "protected override async Task ExecuteAsync(CancellationToken stop)", "stop to Delay")]
    [DataRow("Host", "public override async Task StopAsync(CancellationToken stop)", "stop to Delay")]
    [DataRow("Host", "private async Task RunAsync(CancellationToken stop)", null)]
    public async Task HooksAndHostedServicesAreCheckedToo(string type, string method, string? expected)
    {
        var rest = type switch
        {
            "IHandover" => "public ValueTask<byte[]?> SaveAsync(CancellationToken cancellation) => default;",
            "Host" when !method.Contains("ExecuteAsync", StringComparison.Ordinal) =>
                "protected override Task ExecuteAsync(CancellationToken stop) => Task.CompletedTask;",
            _ => "",
        };
        var source = $$"""
            internal abstract class Host : Microsoft.Extensions.Hosting.BackgroundService;
            internal sealed class Hook : {{type}}
            {
                {{method}} => await Task.Delay(1);
                {{rest}}
            }
            """;
        var messages = string.Join('\n', await Analysis.MessagesAsync(source, TestContext.CancellationToken));
        if (expected is null) Assert.AreEqual("", messages);
        else Assert.Contains($"Pass {expected}", messages);
    }

    [TestMethod]
    [DataRow("_ = Task.Run(() => RunAsync(own.Token)); await Task.CompletedTask;", "")]
    [DataRow("running = Task.Run(async () => await Task.Delay(1)); await Task.CompletedTask;", "")]
    [DataRow("await Task.Delay(1);", "CHAT005 Task.Delay(1)")]
    [DataRow("await Task.Delay(1).ConfigureAwait(false);", "CHAT005 Task.Delay(1)")]
    [DataRow("await Task.Yield(); new SemaphoreSlim(1).Wait();", "CHAT005 new SemaphoreSlim(1).Wait()")]
    public async Task AStartIsCheckedForWhatItWaitsFor(string body, string expected) => Assert.AreEqual(
        expected, string.Join(", ", await Analysis.RunAsync(
            $$"""
            internal sealed class Service : Microsoft.Extensions.Hosting.IHostedService
            {
                private readonly CancellationTokenSource own = new();
                private Task? running;
                public async Task StartAsync(CancellationToken stop) { {{body}} }
                public Task StopAsync(CancellationToken stop) => running ?? Task.CompletedTask;
                private static Task RunAsync(CancellationToken stop) => Task.CompletedTask;
            }
            """,
            TestContext.CancellationToken)));

    [TestMethod]
    public async Task TheMessageNamesTheToken()
    {
        Assert.Contains(
            "Pass context.Aborted to Delay", string.Join(
                '\n', await Analysis.MessagesAsync(Source("[Command(\"um\")]", "await Task.Delay(1);"), TestContext.CancellationToken)));
        var token = Snippet.Commands("[Command(\"um\"), Hidden] public Task Run(CancellationToken stop) => Task.Delay(1);");
        Assert.Contains("Pass stop to Delay", string.Join('\n', await Analysis.MessagesAsync(token, TestContext.CancellationToken)));
    }

    private static string Source(string attribute, string body) => Snippet.Commands($$"""
        /// <summary>x</summary>
        {{attribute}}
        public async Task Run(CommandContext context) { {{body}} }
        private static Task Own(int x, CancellationToken cancellation = default) => Task.CompletedTask;
        """);
}

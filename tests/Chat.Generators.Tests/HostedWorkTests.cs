namespace Chat.Generators.Tests;

/// <summary>A hosted service needs no registration.</summary>
[TestClass]
public sealed class HostedWorkTests
{
    public TestContext TestContext { get; set; } = null!;

    [TestMethod]
    public void AHostedServiceIsRegistered()
    {
        using var plugin = LoadedPlugin.From("""
            using Microsoft.Extensions.Hosting;
            internal abstract class Base : BackgroundService;
            internal sealed class Bell : Base
            {
                protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.CompletedTask;
            }
            internal sealed class Of<T> : IHostedService
            {
                public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;
                public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
            }
            """);
        Assert.AreEqual("service Bell", string.Join(", ", plugin.Hooks));
    }

    [TestMethod]
    public void AJobIsRegistered()
    {
        using var plugin = LoadedPlugin.From("""
            internal sealed class Alarm : Chat.IJob
            {
                public ValueTask RunAsync(Chat.ScheduledJob job, CancellationToken cancellation) => default;
            }
            """);
        Assert.AreEqual("job Alarm", string.Join(", ", plugin.Hooks));
    }

    [TestMethod]
    public async Task AHostedServiceThatGeneratedCodeCannotUseIsReported() => Assert.AreEqual(
        "CHAT010 Bell",
        string.Join(", ", await Analysis.RunAsync(
            """
            internal sealed class Outer
            {
                private sealed class Bell : Microsoft.Extensions.Hosting.BackgroundService
                {
                    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.CompletedTask;
                }
            }
            """,
            TestContext.CancellationToken)));
}

using Chat.Daemon.Plugins.Resources;
using Chat.Generators.Reading;
using Chat.TestKit;
using Microsoft.Extensions.DependencyInjection;

namespace Chat.Generators.Tests;

/// <summary>What acts for a caller is injected into commands only.</summary>
[TestClass]
public sealed class CallerBoundTests
{
    public TestContext TestContext { get; set; } = null!;

    [TestMethod]
    [DataRow("IEventHandler<UserLeft>", "IMessages messages", "CHAT015 messages")]
    [DataRow("IEventHandler<UserLeft>", "INotices notices, CommandContext context", "CHAT015 context")]
    [DataRow("IEventHandler<UserLeft>", "INotices notices, IStorage storage", "")]
    [DataRow("object", "IMessages messages", "")]
    public async Task AHookCannotActForACaller(string type, string services, string expected)
    {
        var source = $$"""
            internal sealed class Hook : {{type}}
            {
                public Hook({{services}}) { }
                public ValueTask HandleAsync(UserLeft left, CancellationToken cancellation) => default;
            }
            """;
        Assert.AreEqual(expected, string.Join(", ", await Analysis.RunAsync(source, TestContext.CancellationToken)));
    }

    [TestMethod]
    public async Task ThePlaceOfAServiceIsNamed() => Assert.Contains(
        "A service belongs in the constructor of Commands.",
        string.Join('\n', await Analysis.MessagesAsync(
            Snippet.Commands("/// <summary>x</summary>\n[Command(\"um\")] public void Run(INotices notices) { }"),
            TestContext.CancellationToken)));

    [TestMethod]
    public async Task TheListIsTheDaemons()
    {
        await using var daemon = await TestDaemon.StartAsync();
        var services = new ServiceCollection();
        daemon.Get<CapabilityTable>().AddTo(services, "x");
        var scoped = services.Where(s => s.Lifetime is ServiceLifetime.Scoped && s.ServiceType.IsPublic).Select(s => s.ServiceType.Name);
        Assert.AreSequenceEqual(scoped.Order(StringComparer.Ordinal), Contract.OnlyInInvocations);
    }
}

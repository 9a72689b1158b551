using Chat.Daemon.Plugins.Lifecycle;

namespace Chat.Plugins.Tests.Lifecycle;

/// <summary>The generations of one id.</summary>
[TestClass]
public sealed class PluginSlotTests
{
    public TestContext TestContext { get; set; } = null!;

    [TestMethod]
    public async Task AGenerationThatIsCollectedDuringAReadIsCounted()
    {
        const int Rounds = 200_000;
        var slot = new PluginSlot("x");
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(TestContext.CancellationToken);
        var reading = Task.Run(
            () =>
            {
                while (!stop.IsCancellationRequested) _ = slot.Unloading;
            },
            CancellationToken.None);
        for (var round = 0; round < Rounds; round++)
        {
            var generation = new UnloadingGeneration("x", "1", "hash", new(), []);
            slot.Add(generation);
            generation.Enter(PluginState.Collected);
        }
        await stop.CancelAsync();
        await reading;
        Assert.AreEqual(Rounds, slot.Collected);
    }
}

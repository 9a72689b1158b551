using Chat.Daemon.Plugins.Lifecycle;

namespace Chat.Plugins.Tests;

/// <summary>Generations of one id.</summary>
[TestClass]
public sealed class SlotTests
{
    [TestMethod]
    public async Task WhatIsCollectedWhileItIsLookedAtIsCounted()
    {
        const int Rounds = 200_000;
        var slot = new PluginSlot("x");
        using var stop = new CancellationTokenSource();
        var looking = Task.Run(() =>
        {
            while (!stop.IsCancellationRequested) _ = slot.PluginUnloading;
        });
        for (var round = 0; round < Rounds; round++)
        {
            var departure = new PluginUnload("x", "1", "hash", new(), []);
            slot.Depart(departure);
            departure.Became(PluginState.Collected);
        }
        await stop.CancelAsync();
        await looking;
        Assert.AreEqual(Rounds, slot.Collected);
    }
}

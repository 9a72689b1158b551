using Chat.Daemon.Hooks;
using Microsoft.Extensions.DependencyInjection;

namespace Chat.Daemon.Tests.Hooks;

[TestClass]
public sealed class PluginOwnerTests
{
    private static readonly TimeSpan Long = TimeSpan.FromSeconds(30);

    private readonly PluginOwner owner = new("x", new ServiceCollection().BuildServiceProvider(), TimeProvider.System);

    [TestMethod]
    public async Task DrainWaitsForTheLastLease()
    {
        var (first, second) = (owner.TryLease()!, owner.TryLease()!);
        var draining = owner.DrainAsync(Long, Long, CancellationToken.None);
        first.Dispose();
        first.Dispose(); // counts once
        Assert.IsFalse(draining.IsCompleted);
        second.Dispose();
        Assert.AreEqual(0, await draining.WaitAsync(Long));
        Assert.IsFalse(owner.Stopping.IsCancellationRequested);
    }

    [TestMethod]
    public async Task DrainingOwnerGivesNoLease()
    {
        await owner.DrainAsync(TimeSpan.Zero, TimeSpan.Zero, CancellationToken.None);
        Assert.IsNull(owner.TryLease());
    }

    [TestMethod]
    public async Task LeaseThatIsNotReturnedIsCancelledAndCounted()
    {
        using var lease = owner.TryLease()!;
        Assert.AreEqual(1, await owner.DrainAsync(TimeSpan.Zero, TimeSpan.Zero, CancellationToken.None));
        Assert.IsTrue(lease.Stopping.IsCancellationRequested);
    }

    [TestMethod]
    public void ReleasedContainerIsGone()
    {
        using var lease = owner.TryLease()!;
        owner.ReleaseContainer();
        Assert.ThrowsExactly<ObjectDisposedException>(() => lease.Container);
    }
}

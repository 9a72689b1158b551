using System.IO.Pipelines;
using System.Text;
using System.Text.Json;
using Chat.LoadTest.Coordination;
using Chat.LoadTest.Workers;

namespace Chat.LoadTest.Tests;

/// <summary>The clock of a worker runs away, and is followed.</summary>
[TestClass]
public sealed class ClockWatchTests
{
    private const long Quarter = 250_000;

    [TestMethod]
    public async Task AClockThatDriftsIsFollowed()
    {
        await using var worker = new DriftingWorker();
        worker.Start(_ => { });
        var clock = new MicrosecondClock(TimeProvider.System);
        var watch = (await ClockWatch.StartAsync(worker, clock))!;
        Assert.AreEqual(0, watch.Drift);
        worker.Ahead += Quarter;
        Assert.IsTrue(await watch.CorrectAsync());
        Assert.AreEqual(Quarter, watch.Drift, Quarter / 5);
        Assert.AreEqual(watch.Ahead, await worker.Told.Task.WaitAsync(TimeSpan.FromSeconds(30)), "The worker is told.");
        Assert.AreEqual(0, clock.Now - (worker.Now + watch.Ahead), Quarter / 5, "The worker's time, corrected, is the coordinator's.");
        Assert.IsGreaterThanOrEqualTo(watch.Drift, watch.Error, "Until now it was wrong by that much.");
    }

    [TestMethod]
    public async Task AWorkerThatDiesEndsIt()
    {
        var worker = new DriftingWorker();
        worker.Start(_ => { });
        var watch = (await ClockWatch.StartAsync(worker, new MicrosecondClock(TimeProvider.System)))!;
        worker.Die();
        Assert.IsFalse(await watch.CorrectAsync().WaitAsync(TimeSpan.FromSeconds(30)));
        await worker.DisposeAsync();
    }

    /// <summary>Answers with a clock of its own.</summary>
    private sealed class DriftingWorker : Worker
    {
        private readonly MicrosecondClock clock = new(TimeProvider.System);
        private readonly Pipe commands, replies;
        private readonly Task answering;

        public DriftingWorker() : this(new Pipe(), new Pipe())
        {
        }

        private DriftingWorker(Pipe commands, Pipe replies)
            : base(new StreamReader(replies.Reader.AsStream()), new StreamWriter(commands.Writer.AsStream()))
        {
            (this.commands, this.replies) = (commands, replies);
            answering = AnswerAsync();
        }

        /// <summary>Microseconds.</summary>
        public long Ahead { get; set; } = -5_000_000;

        public long Now => clock.Now - Ahead - 1_000_000_000;

        public TaskCompletionSource<long> Told { get; } = new();

        public void Die() => replies.Writer.Complete();

        protected override Task<int> StatusAsync() => Task.FromResult(-1);

        protected override Task EndAsync() => answering;

        private async Task AnswerAsync()
        {
            using var lines = new StreamReader(commands.Reader.AsStream());
            while (await lines.ReadLineAsync() is { } line)
            {
                var command = JsonSerializer.Deserialize(line, WorkerJson.Default.WorkerCommand);
                if (command is WorkerCommand.SetClock set) Told.TrySetResult(set.Ahead);
                if (command is not WorkerCommand.Clock) continue;
                var reply = JsonSerializer.Serialize(new WorkerReply.Time(Now), WorkerJson.Default.WorkerReply);
                try
                {
                    await replies.Writer.WriteAsync(Encoding.UTF8.GetBytes(reply + "\n"));
                }
                catch (InvalidOperationException)
                {
                    // It has died.
                }
            }
            await replies.Writer.CompleteAsync();
        }
    }
}

using System.Text.Json;
using System.Threading.Channels;
using Chat.LoadTest.Reports;
using Chat.LoadTest.Workers;

namespace Chat.LoadTest.Coordination;

/// <summary>One worker, seen from the load test: a process here, or a connection from another machine.</summary>
internal abstract class Worker : IAsyncDisposable
{
    private readonly Channel<WorkerReply> replies = Channel.CreateUnbounded<WorkerReply>();
    private readonly Channel<WorkerReply.Time> times = Channel.CreateUnbounded<WorkerReply.Time>();
    private readonly SemaphoreSlim writing = new(1);
    private readonly TextReader output;
    private readonly TextWriter input;
    private Task reading = Task.CompletedTask;

    protected Worker(TextReader output, TextWriter input) => (this.output, this.input) = (output, input);

    /// <summary>Its exit status, if it ended early; -1 if that is unknown.</summary>
    public int? Died { get; private set; }

    public void Start(Action<WorkerReply.Tick> ticked) => reading = ReadAsync(ticked);

    /// <summary>Any thread may call it. A dead worker shows in <see cref="ReplyAsync"/>, not here.</summary>
    public async Task TellAsync(WorkerCommand command)
    {
        await writing.WaitAsync();
        try
        {
            await input.WriteLineAsync(JsonSerializer.Serialize(command, WorkerJson.Default.WorkerCommand));
            await input.FlushAsync();
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException)
        {
            // The worker has died, so its replies end too.
        }
        finally
        {
            writing.Release();
        }
    }

    /// <summary>The next reply of this type; null if the worker died.</summary>
    public async Task<T?> ReplyAsync<T>() where T : WorkerReply
    {
        await foreach (var reply in replies.Reader.ReadAllAsync())
            if (reply is T found) return found;
        Died ??= await StatusAsync();
        return null;
    }

    /// <summary>What its clock says now, in microseconds; null if the worker died. One call at a time, beside any other.</summary>
    public async Task<long?> TimeAsync()
    {
        await TellAsync(new WorkerCommand.Clock());
        return await times.Reader.WaitToReadAsync() && times.Reader.TryRead(out var time) ? time.Now : null;
    }

    public async ValueTask DisposeAsync()
    {
        await CloseInputAsync();
        await EndAsync();
        await reading;
        writing.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>The exit status of a worker whose replies have ended.</summary>
    protected abstract Task<int> StatusAsync();

    /// <summary>Its input is closed; return when it has ended, by force if need be.</summary>
    protected abstract Task EndAsync();

    private async Task ReadAsync(Action<WorkerReply.Tick> ticked)
    {
        try
        {
            while (await output.ReadLineAsync() is { } line)
            {
                var reply = JsonSerializer.Deserialize(line, WorkerJson.Default.WorkerReply)!;
                if (reply is WorkerReply.Tick tick) ticked(tick);
                else if (reply is WorkerReply.Time time) times.Writer.TryWrite(time);
                else replies.Writer.TryWrite(reply);
            }
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException)
        {
            // Cut off: the worker has died.
        }
        catch (Exception e)
        {
            // Half a line of a dying worker, or one that makes no sense: nothing after it would. The run goes on without the worker.
            await Console.Error.WriteLineAsync(OneLine.Of($"chat-load: {e.GetType().Name}: {e.Message}"));
            await CloseInputAsync();
        }
        finally
        {
            replies.Writer.Complete();
            times.Writer.Complete();
        }
    }

    /// <summary>Ends the worker.</summary>
    private async Task CloseInputAsync()
    {
        await writing.WaitAsync();
        try
        {
            input.Close();
        }
        catch (IOException)
        {
            // The worker died before it read everything.
        }
        finally
        {
            writing.Release();
        }
    }
}

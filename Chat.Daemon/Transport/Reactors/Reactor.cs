using System.Collections.Concurrent;
using System.Net.Sockets;

namespace Chat.Daemon.Transport.Reactors;

/// <summary>
/// A thread that serves its share of the connections, one turn after the other: it reads what has arrived and handles frames that need
/// not wait, then runs the sequencers that have a batch to append or to deliver, and sends each touched outbox once.
/// </summary>
internal sealed class Reactor : IDisposable
{
    private readonly Epoll epoll = new();
    private readonly ConcurrentQueue<ReactorInput> mail = new();
    private readonly Dictionary<long, ReactorInput> inputs = [];
    private readonly Thread thread;
    private readonly Turn turn;
    private List<ReactorInput> ready = [];
    private List<ReactorInput> reading = [];
    private int isAwake = 1;
    private volatile bool isStopped;

    public Reactor(int number)
    {
        (turn, DrainList) = (new Turn(Wake), new DrainList(Wake));
        thread = new Thread(Run) { Name = $"reactor {number}", IsBackground = true };
        thread.Start();
    }

    /// <summary>The outboxes of its connections.</summary>
    public DrainList DrainList { get; }

    public bool IsCurrent => Thread.CurrentThread == thread;

    /// <summary>Tells the thread of an input that is new, that may be read, or that is closed. Safe from any thread.</summary>
    public void Post(ReactorInput input)
    {
        mail.Enqueue(input);
        Wake();
    }

    /// <summary>Reads the input in the next turn: each gets one buffer a turn. For the reactor's thread.</summary>
    public void ReadLater(ReactorInput input) => ready.Add(input);

    public void Dispose()
    {
        isStopped = true;
        Wake();
        if (!IsCurrent) thread.Join();
    }

    private bool IsBusy => ready.Count > 0 || !mail.IsEmpty || turn.HasPosted || !DrainList.IsEmpty || isStopped;

    /// <summary>While the thread is awake it looks by itself before it waits.</summary>
    private void Wake()
    {
        if (Interlocked.Exchange(ref isAwake, 1) == 0) epoll.Signal();
    }

    private void Run()
    {
        turn.Begin();
        while (!isStopped)
        {
            Interlocked.Exchange(ref isAwake, 0);
            var count = epoll.Wait(IsBusy);
            Volatile.Write(ref isAwake, 1);
            for (var i = 0; i < count; i++)
                if (inputs.TryGetValue(epoll.IdAt(i), out var input)) input.Arrived(epoll.IsEndAt(i));
            while (mail.TryDequeue(out var input)) Take(input);
            Read();
            turn.End();
            DrainList.Drain(); // once: other threads may touch more all the time, and there is more to do than to send
        }
        turn.Stop();
        epoll.Dispose();
    }

    private void Take(ReactorInput input)
    {
        if (input.IsClosed) inputs.Remove(input.Id);
        else if (inputs.TryAdd(input.Id, input)) Watch(input);
        else input.ReadIfReady();
    }

    private void Watch(ReactorInput input)
    {
        try
        {
            epoll.Watch(input.Socket, input.Id);
        }
        catch (Exception e) when (e is ObjectDisposedException or SocketException or System.ComponentModel.Win32Exception)
        {
            inputs.Remove(input.Id);
            input.Fail(new IOException("The connection cannot be read.", e));
        }
    }

    private void Read()
    {
        (ready, reading) = (reading, ready);
        foreach (var input in reading) input.Read();
        reading.Clear();
    }
}

using System.Text;
using Chat.Client;

namespace Fuzz.Targets;

/// <summary>
/// The daemon's end of a connection in memory: sends the input line by line, then closes. <c>@1</c> to <c>@9</c> in a line become the id
/// of the client's first to ninth frame.
/// </summary>
internal sealed class HostileDaemon(byte[] input) : Stream
{
    /// <summary>How long a line waits for the frame that it answers. A client that owes none costs this much.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(2);

    private readonly Lock gate = new();
    private readonly List<string> ids = [];
    private TaskCompletionSource heard = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private ReadOnlyMemory<byte> line;
    private int at;

    public override bool CanRead => true;
    public override bool CanSeek => false;
    public override bool CanWrite => true;
    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public static ChatClientOptions Options(byte[] input)
    {
        var dialled = 0;
        return new()
        {
            // The first connection has the input; later attempts fail, and the session ends.
            Dial = _ => Interlocked.Increment(ref dialled) == 1
                ? Task.FromResult<Stream>(new HostileDaemon(input))
                : throw new ChatConnectionException("the input is over"),
            GiveUpAfter = TimeSpan.Zero,
            EventCapacity = 4,
        };
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        await Task.Yield(); // lets the client take up what it has
        if (line.IsEmpty) line = await NextAsync();
        var length = Math.Min(line.Length, buffer.Length);
        line[..length].CopyTo(buffer);
        line = line[length..];
        return length;
    }

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        lock (gate)
        {
            foreach (var frame in Encoding.UTF8.GetString(buffer.Span).Split("\"id\":\"").Skip(1)) ids.Add(frame[..frame.IndexOf('"')]);
            heard.TrySetResult();
            heard = new(TaskCreationOptions.RunContinuationsAsynchronously);
        }
        return ValueTask.CompletedTask;
    }

    public override void Flush()
    {
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    private async Task<byte[]> NextAsync()
    {
        var end = Array.IndexOf(input, (byte)'\n', at);
        var next = input[at..(at = end < 0 ? input.Length : end + 1)];
        var mark = next.AsSpan().IndexOf((byte)'@');
        if (mark < 0 || mark + 1 == next.Length || next[mark + 1] is not (>= (byte)'1' and <= (byte)'9')) return next;
        if (await IdAsync(next[mark + 1] - '1') is not { } id) return next;
        return [.. next[..mark], .. Encoding.UTF8.GetBytes(id), .. next[(mark + 2)..]];
    }

    private async Task<string?> IdAsync(int index)
    {
        while (true)
        {
            Task more;
            lock (gate)
            {
                if (index < ids.Count) return ids[index];
                more = heard.Task;
            }
            if (await Task.WhenAny(more, Task.Delay(Patience)) != more) return null;
        }
    }
}

using System.Text;
using System.Threading.Channels;

namespace Chat.Cli.Terminal;

/// <summary>Reads keys on a thread of the pool, because the console can only block.</summary>
internal sealed class KeyReader(KeyBindings bindings)
{
    private const string PasteBegins = "[200~", PasteEnds = "[201~";

    /// <summary>How long <see cref="DiscardAsync"/> waits for a pause in the keys.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);

    /// <summary>Unbounded, because only keys that have been read can be discarded.</summary>
    private readonly Channel<Key> keys = Channel.CreateUnbounded<Key>();

    private readonly Lock gate = new();

    /// <summary>Lets the reader go on after Ctrl-X Ctrl-E: the keys that follow are for the editor.</summary>
    private volatile TaskCompletionSource resumed = new();

    private bool isStarted, isWaiting;
    private TaskCompletionSource waits = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Begins to read. Another program that uses the terminal loses keys from then on.</summary>
    public void Start()
    {
        if (!Interlocked.Exchange(ref isStarted, true)) _ = Task.Run(ReadAll);
    }

    /// <exception cref="ChannelClosedException">The terminal is gone.</exception>
    public ValueTask<Key> NextAsync(CancellationToken ct)
    {
        Start();
        return keys.Reader.ReadAsync(ct);
    }

    /// <summary>Discards all keys pressed so far, including those that the terminal still buffers.</summary>
    public async Task<TypedAhead> DiscardAsync(CancellationToken ct)
    {
        Start();
        Task pause;
        lock (gate) pause = isWaiting ? Task.CompletedTask : waits.Task;
        await Task.WhenAny(pause, Task.Delay(Pause, ct));
        var ahead = TypedAhead.Nothing;
        var before = new Key(default, default, "");
        while (keys.Reader.TryRead(out var key))
        {
            ahead = key.IsEnter ? TypedAhead.WholeLines : TypedAhead.UnfinishedLine;
            if (Stops(before, key)) Resume();
            before = key;
        }
        return ahead;
    }

    /// <summary>Call it after each Ctrl-X Ctrl-E: until then, no key is read.</summary>
    public void Resume() => resumed.TrySetResult();

    public static bool Stops(Key before, Key key) => IsControl(before, ConsoleKey.X) && IsControl(key, ConsoleKey.E);

    private static bool IsControl(Key key, ConsoleKey code) => key.Modifiers == ConsoleModifiers.Control && key.Code == code;

    private void AwaitResume()
    {
        resumed.Task.Wait();
        resumed = new();
    }

    private void ReadAll()
    {
        var before = new Key(default, default, "");
        try
        {
            while (true)
            {
                var read = NextKey();
                var pressed = IsEscape(read) ? TakeEscaped() : new Key(read.Key, read.Modifiers, TextOf(read));
                if (pressed is null) continue;
                foreach (var key in bindings.Of(pressed))
                {
                    keys.Writer.TryWrite(key);
                    if (Stops(before, key)) AwaitResume();
                    before = key;
                }
            }
        }
        catch (Exception e) when (e is InvalidOperationException or IOException)
        {
            keys.Writer.TryComplete(e);
        }
    }

    /// <summary>Tells <see cref="DiscardAsync"/> when the terminal has no more keys.</summary>
    private ConsoleKeyInfo NextKey()
    {
        lock (gate)
            if (isWaiting = !Console.KeyAvailable) waits.TrySetResult();
        var key = Console.ReadKey(intercept: true);
        lock (gate)
        {
            isWaiting = false;
            if (waits.Task.IsCompleted) waits = new(TaskCreationOptions.RunContinuationsAsynchronously);
        }
        return key;
    }

    /// <summary>The console passes on an unknown sequence as Escape and its letters at once; a user types more slowly.</summary>
    private static bool IsEscape(ConsoleKeyInfo key) => key.Key == ConsoleKey.Escape && Console.KeyAvailable;

    /// <summary>
    /// A paste, or Alt with a key, which the console knows only if no other key follows at once. Null for other sequences.
    /// </summary>
    private static Key? TakeEscaped()
    {
        var next = Console.ReadKey(intercept: true);
        if (next.KeyChar is not ('[' or 'O')) return new Key(next.Key, ConsoleModifiers.Alt, "");
        return TakeSequence(next.KeyChar.ToString()) == PasteBegins ? new Key(default, default, TakePaste(), IsPaste: true) : null;
    }

    private static string TakeSequence(string begun = "")
    {
        var sequence = new StringBuilder(begun);
        while (Console.KeyAvailable && sequence.Length < 8)
        {
            var letter = Console.ReadKey(intercept: true).KeyChar;
            sequence.Append(letter);
            if (letter is '~' or (>= 'A' and <= 'Z')) break;
        }
        return sequence.ToString();
    }

    private static string TakePaste()
    {
        var pasted = new StringBuilder();
        while (true)
        {
            var key = Console.ReadKey(intercept: true);
            if (IsEscape(key))
            {
                if (TakeSequence() == PasteEnds) return pasted.ToString();
                continue;
            }
            pasted.Append(key.Key == ConsoleKey.Enter ? "\n" : key.Key == ConsoleKey.Tab ? "\t" : TextOf(key));
        }
    }

    private static string TextOf(ConsoleKeyInfo key)
    {
        if (key.KeyChar == '\0' || char.IsControl(key.KeyChar)) return "";
        if (!char.IsHighSurrogate(key.KeyChar)) return key.KeyChar.ToString();
        return new string([key.KeyChar, Console.ReadKey(intercept: true).KeyChar]);
    }
}

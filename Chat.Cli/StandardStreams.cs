using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Chat.Cli;

/// <summary>The streams that the program was started with. One that was closed then is not merely absent: the runtime's own files take its number.</summary>
internal static partial class StandardStreams
{
    private const int Input = 0, Output = 1, Errors = 2;

    /// <summary>fcntl(2): asks for the flags of a descriptor, of which one says that it is closed by exec(2).</summary>
    private const int GetFlags = 1, ClosedByExec = 1;

    public static bool HasInput => IsGiven(Input);

    public static bool HasOutput => IsGiven(Output);

    public static bool HasErrors => IsGiven(Errors);

    public static TextReader OpenInput() => HasInput ? new StreamReader(Console.OpenStandardInput()) : TextReader.Null;

    /// <summary>The console's stream takes a pipe without a reader for a place to write to; a file's says what is wrong, but would keep a place of its own in a file that is shared.</summary>
    public static TextWriter OpenOutput()
    {
        if (OperatingSystem.IsWindows()) return new StreamWriter(Console.OpenStandardOutput());
        var pipe = new FileStream(new SafeFileHandle(Output, ownsHandle: false), FileAccess.Write, bufferSize: 0);
        return new StreamWriter(pipe.CanSeek ? Console.OpenStandardOutput() : pipe);
    }

    /// <summary>Does nothing where the input is no terminal.</summary>
    public static void DiscardTypedAhead()
    {
        if (!OperatingSystem.IsWindows()) _ = FlushTerminal(Input, OperatingSystem.IsLinux() ? 0 : 1); // TCIFLUSH
    }

    /// <summary>What came through exec(2) is not closed by it; what the runtime opened since is.</summary>
    private static bool IsGiven(int descriptor) => OperatingSystem.IsWindows() || FileControl(descriptor, GetFlags) is var flags and >= 0 && (flags & ClosedByExec) == 0;

    [LibraryImport("libc", EntryPoint = "tcflush")]
    private static partial int FlushTerminal(int descriptor, int queue);

    [LibraryImport("libc", EntryPoint = "fcntl")]
    private static partial int FileControl(int descriptor, int command);
}

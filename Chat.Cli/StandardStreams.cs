using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Chat.Cli;

/// <summary>
/// The standard streams. If one was closed when the program started, the runtime may have opened another file under its number.
/// </summary>
internal static partial class StandardStreams
{
    private const int Input = 0, Output = 1, Errors = 2;

    /// <summary>fcntl(2): <c>F_GETFD</c> and <c>FD_CLOEXEC</c>.</summary>
    private const int GetFlags = 1, ClosedByExec = 1;

    public static bool HasInput => IsGiven(Input);

    public static bool HasOutput => IsGiven(Output);

    public static bool HasErrors => IsGiven(Errors);

    public static TextReader OpenInput() => HasInput ? new StreamReader(Console.OpenStandardInput()) : TextReader.Null;

    /// <summary>
    /// The console's stream hides that a pipe has no reader; a file stream reports it, but keeps its own position, which is wrong for a
    /// shared file.
    /// </summary>
    public static TextWriter OpenOutput()
    {
        if (OperatingSystem.IsWindows()) return new StreamWriter(Console.OpenStandardOutput());
        var pipe = new FileStream(new SafeFileHandle(Output, ownsHandle: false), FileAccess.Write, bufferSize: 0);
        return new StreamWriter(pipe.CanSeek ? Console.OpenStandardOutput() : pipe);
    }

    /// <summary>Does nothing unless the input is a terminal.</summary>
    public static void DiscardTypedAhead()
    {
        if (!OperatingSystem.IsWindows()) _ = FlushTerminal(Input, OperatingSystem.IsLinux() ? 0 : 1); // TCIFLUSH
    }

    /// <summary>Inherited descriptors lack the flag; those that the runtime opened have it.</summary>
    private static bool IsGiven(int descriptor) =>
        OperatingSystem.IsWindows() || FileControl(descriptor, GetFlags) is var flags and >= 0 && (flags & ClosedByExec) == 0;

    [LibraryImport("libc", EntryPoint = "tcflush")]
    private static partial int FlushTerminal(int descriptor, int queue);

    [LibraryImport("libc", EntryPoint = "fcntl")]
    private static partial int FileControl(int descriptor, int command);
}

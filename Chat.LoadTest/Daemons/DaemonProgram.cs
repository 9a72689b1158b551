using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Chat.LoadTest.Daemons;

/// <summary>How the programs of this build are started: as installed beside each other, or from source by <c>dotnet</c>.</summary>
internal static class DaemonProgram
{
    private static readonly string Suffix = OperatingSystem.IsWindows() ? ".exe" : "";

    /// <summary>Null where there is no <c>chatd</c> beside this program, nor one that was built with it.</summary>
    public static ProcessStartInfo? Find(IEnumerable<string> arguments)
    {
        var folder = AppContext.BaseDirectory;
        var note = Path.Combine(folder, "chatd.path");
        var dll = Path.Combine(folder, "chatd.dll");
        if (File.Exists(dll)) return Start(Path.Combine(folder, "chatd" + Suffix), dll, arguments);
        dll = File.Exists(note) ? File.ReadAllText(note).Trim() : "";
        return File.Exists(dll) ? Start("", dll, arguments) : null;
    }

    /// <summary>This program once more.</summary>
    public static ProcessStartInfo Self(IEnumerable<string> arguments)
    {
        var dll = Path.Combine(AppContext.BaseDirectory, "chat-load.dll");
        var own = Environment.ProcessPath is { } path && Path.GetFileNameWithoutExtension(path) == "chat-load" ? path : "";
        return Start(own, dll, arguments);
    }

    /// <summary>In a session of its own where the system can do that: a Ctrl-C on the terminal must stop neither the daemon nor a worker that is just starting before the report.</summary>
    public static ProcessStartInfo Apart(ProcessStartInfo start)
    {
        if (OperatingSystem.IsWindows()) start.CreateNewProcessGroup = true;
        const string setsid = "/usr/bin/setsid";
        return File.Exists(setsid) ? new(setsid, [start.FileName, .. start.ArgumentList]) : start;
    }

    private static ProcessStartInfo Start(string program, string dll, IEnumerable<string> arguments) =>
        File.Exists(program) ? new(program, arguments) : new(Dotnet(), [dll, .. arguments]);

    /// <summary>The <c>dotnet</c> that runs this process: its runtime lies in shared/NAME/VERSION under it.</summary>
    private static string Dotnet()
    {
        var beside = Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..", "dotnet" + Suffix));
        return File.Exists(beside) ? beside : "dotnet";
    }
}

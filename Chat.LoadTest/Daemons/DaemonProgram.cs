using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Chat.LoadTest.Daemons;

/// <summary>Finds the programs to start: installed side by side, or built from source and run by <c>dotnet</c>.</summary>
internal static class DaemonProgram
{
    private static readonly string Suffix = OperatingSystem.IsWindows() ? ".exe" : "";

    /// <summary>Null if there is no <c>chatd</c>, neither next to this program nor built with it.</summary>
    public static ProcessStartInfo? Find(IEnumerable<string> arguments)
    {
        var folder = AppContext.BaseDirectory;
        var pathFile = Path.Combine(folder, "chatd.path");
        var dll = Path.Combine(folder, "chatd.dll");
        if (File.Exists(dll)) return Start(Path.Combine(folder, "chatd" + Suffix), dll, arguments);
        dll = File.Exists(pathFile) ? File.ReadAllText(pathFile).Trim() : "";
        return File.Exists(dll) ? Start("", dll, arguments) : null;
    }

    /// <summary>Another process of this program.</summary>
    public static ProcessStartInfo Self(IEnumerable<string> arguments)
    {
        var dll = Path.Combine(AppContext.BaseDirectory, "chat-load.dll");
        var own = Environment.ProcessPath is { } path && Path.GetFileNameWithoutExtension(path) == "chat-load" ? path : "";
        return Start(own, dll, arguments);
    }

    /// <summary>Shields a process from Ctrl-C in the terminal: daemon and workers must live until the report is complete.</summary>
    public static ProcessStartInfo Detached(ProcessStartInfo start)
    {
        if (OperatingSystem.IsWindows()) start.CreateNewProcessGroup = true;
        const string setsid = "/usr/bin/setsid";
        return File.Exists(setsid) ? new(setsid, [start.FileName, .. start.ArgumentList]) : start;
    }

    private static ProcessStartInfo Start(string program, string dll, IEnumerable<string> arguments) =>
        File.Exists(program) ? new(program, arguments) : new(Dotnet(), [dll, .. arguments]);

    /// <summary>The <c>dotnet</c> that runs this process, three folders above its runtime in shared/NAME/VERSION.</summary>
    private static string Dotnet()
    {
        var beside = Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..", "dotnet" + Suffix));
        return File.Exists(beside) ? beside : "dotnet";
    }
}

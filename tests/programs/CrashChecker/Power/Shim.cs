using System.Diagnostics;

namespace CrashChecker.Power;

/// <summary>The library to preload into the daemon, compiled from <c>Shim/*.c</c>. Linux only.</summary>
internal sealed class Shim(string library)
{
    /// <summary>
    /// Sent to a daemon that is recorded, in place of SIGKILL: it kills itself once no call is half recorded. As in <c>Shim/shim.h</c>.
    /// </summary>
    public const int DeathSignal = 40;

    private const string TraceVariable = "CHAT_SHIM_TRACE";

    private static readonly Lazy<Task<Shim?>> Built = new(BuildAsync);

    /// <returns>Null where there is no C compiler.</returns>
    public static Task<Shim?> FindAsync() => Built.Value;

    /// <summary>The daemon's environment.</summary>
    /// <param name="trace">The file to record in.</param>
    /// <param name="control">The file that says which calls fail.</param>
    public IReadOnlyDictionary<string, string> Environment(string root, string? trace, string? control)
    {
        var variables = new Dictionary<string, string> { ["LD_PRELOAD"] = library, ["CHAT_SHIM_ROOT"] = root };
        if (trace is not null) variables[TraceVariable] = trace;
        if (control is not null) variables["CHAT_SHIM_CONTROL"] = control;
        return variables;
    }

    public static bool Records(IReadOnlyDictionary<string, string> environment) => environment.ContainsKey(TraceVariable);

    private static async Task<Shim?> BuildAsync()
    {
        if (!OperatingSystem.IsLinux()) return null;
        var sources = Path.Combine(AppContext.BaseDirectory, "Shim");
        var library = Path.Combine(Directory.CreateTempSubdirectory("chat-shim-").FullName, "shim.so");
        var start = new ProcessStartInfo("cc") { RedirectStandardError = true };
        string[] arguments = ["-std=gnu11", "-O2", "-shared", "-fPIC", "-o", library, .. Directory.GetFiles(sources, "*.c"), "-ldl"];
        foreach (var argument in arguments) start.ArgumentList.Add(argument);
        try
        {
            using var compiler = Process.Start(start)!;
            var errors = await compiler.StandardError.ReadToEndAsync();
            await compiler.WaitForExitAsync();
            return compiler.ExitCode == 0
                ? new Shim(library)
                : throw new InvalidOperationException($"the library does not compile:\n{errors}");
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return null; // there is no cc
        }
    }
}

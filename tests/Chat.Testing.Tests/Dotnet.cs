using System.Diagnostics;

namespace Chat.Testing.Tests;

/// <summary>Runs the SDK like an author, with a home folder of its own.</summary>
internal sealed class Dotnet : IDisposable
{
    private static readonly (string, string)[] Quiet =
    [
        ("DOTNET_NOLOGO", "1"),
        ("DOTNET_GENERATE_ASPNET_CERTIFICATE", "false"),
        ("DOTNET_CLI_UI_LANGUAGE", "en"),
        ("DOTNET_CLI_TELEMETRY_OPTOUT", "1"),
        ("TESTINGPLATFORM_TELEMETRY_OPTOUT", "1"),
        ("MSBUILDDISABLENODEREUSE", "1"),
        ("UseSharedCompilation", "false"),
    ];

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("chat-author-");

    public Dotnet()
    {
        // Reuse the packages of this repository, except our own, which may come from another build.
        var fetched = new DirectoryInfo(
            Environment.GetEnvironmentVariable("NUGET_PACKAGES")
                ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages"));
        Directory.CreateDirectory(this["fetched"]);
        foreach (var package in fetched.EnumerateDirectories().Where(p => !p.Name.StartsWith("chat.", StringComparison.Ordinal)))
            Directory.CreateSymbolicLink(Path.Combine(this["fetched"], package.Name), package.FullName);
    }

    public string this[string name] => Path.Combine(folder.FullName, name);

    /// <summary>Runs a command until it ends, for at most 5 minutes.</summary>
    /// <returns>The standard output.</returns>
    public async Task<string> RunAsync(string workingFolder, params string[] arguments)
    {
        using var process = Process.Start(Launch(workingFolder, arguments))!;
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await ExitAsync(process);
        Assert.AreEqual(0, process.ExitCode, $"dotnet {string.Join(' ', arguments)}\n{await output}\n{await errors}");
        return await output;
    }

    /// <summary>Starts a command that runs until the test stops it. Read its standard output.</summary>
    public Process Start(string workingFolder, params string[] arguments) => Process.Start(Launch(workingFolder, arguments))!;

    public void Dispose() => folder.Delete(recursive: true);

    /// <summary>Waits for at most 5 minutes, then kills the process and fails.</summary>
    public static async Task ExitAsync(Process process)
    {
        using var timeout = new CancellationTokenSource(TimeSpan.FromMinutes(5));
        try
        {
            await process.WaitForExitAsync(timeout.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }
    }

    private ProcessStartInfo Launch(string workingFolder, string[] arguments)
    {
        var start = new ProcessStartInfo(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet", arguments)
        {
            WorkingDirectory = Directory.CreateDirectory(this[workingFolder]).FullName,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        // The author has neither this test's build environment nor this machine's package folder.
        foreach (var name in start.Environment.Keys.Where(IsOurs).ToList()) start.Environment.Remove(name);
        start.Environment["NUGET_FALLBACK_PACKAGES"] = this["fetched"];
        start.Environment["DOTNET_CLI_HOME"] = this["home"];
        foreach (var (name, value) in Quiet) start.Environment[name] = value;
        return start;
    }

    private static bool IsOurs(string name) => name.StartsWith("MSBUILD", StringComparison.OrdinalIgnoreCase) || name == "NUGET_PACKAGES";
}

using System.Diagnostics;

namespace Chat.Testing.Tests;

/// <summary>The SDK as an author runs it, over a home of this test's own.</summary>
internal sealed class Dotnet : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("chat-author-");

    public Dotnet()
    {
        // What was fetched for this repository need not be fetched again; but for our own packages, which would be another build's.
        var fetched = new DirectoryInfo(Environment.GetEnvironmentVariable("NUGET_PACKAGES") ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages"));
        Directory.CreateDirectory(this["fetched"]);
        foreach (var package in fetched.EnumerateDirectories().Where(package => !package.Name.StartsWith("chat.", StringComparison.Ordinal)))
            Directory.CreateSymbolicLink(Path.Combine(this["fetched"], package.Name), package.FullName);
    }

    public string this[string name] => Path.Combine(folder.FullName, name);

    /// <summary>Runs it to its end.</summary>
    /// <returns>What it wrote on standard output.</returns>
    public async Task<string> RunAsync(string workingFolder, params string[] arguments)
    {
        using var process = Process.Start(Launch(workingFolder, arguments))!;
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        Assert.AreEqual(0, process.ExitCode, $"dotnet {string.Join(' ', arguments)}\n{await output}\n{await errors}");
        return await output;
    }

    /// <summary>A run that goes on until the test ends it; its standard output is to be read.</summary>
    public Process Start(string workingFolder, params string[] arguments) => Process.Start(Launch(workingFolder, arguments))!;

    public void Dispose() => folder.Delete(recursive: true);

    private ProcessStartInfo Launch(string workingFolder, string[] arguments)
    {
        var start = new ProcessStartInfo(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet", arguments)
        {
            WorkingDirectory = Directory.CreateDirectory(this[workingFolder]).FullName,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        // Neither this test's build nor this machine's choice of a folder is the author's.
        foreach (var own in start.Environment.Keys.Where(key => key.StartsWith("MSBUILD", StringComparison.OrdinalIgnoreCase) || key == "NUGET_PACKAGES").ToList()) start.Environment.Remove(own);
        foreach (var (name, value) in new[]
                 {
                     ("NUGET_FALLBACK_PACKAGES", this["fetched"]), ("DOTNET_CLI_HOME", this["home"]), ("DOTNET_NOLOGO", "1"), ("DOTNET_GENERATE_ASPNET_CERTIFICATE", "false"),
                     ("DOTNET_CLI_UI_LANGUAGE", "en"), ("DOTNET_CLI_TELEMETRY_OPTOUT", "1"), ("TESTINGPLATFORM_TELEMETRY_OPTOUT", "1"), ("MSBUILDDISABLENODEREUSE", "1"), ("UseSharedCompilation", "false"),
                 })
            start.Environment[name] = value;
        return start;
    }
}

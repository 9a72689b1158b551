using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace HostileGuests;

/// <summary>A process of this program in another role.</summary>
internal sealed partial class OwnProcess : IAsyncDisposable
{
    private readonly Process process;

    private OwnProcess(Process process) => this.process = process;

    public static OwnProcess Start(params string[] args) => new(Process.Start(
        new ProcessStartInfo("dotnet", [typeof(OwnProcess).Assembly.Location, .. args]) { RedirectStandardOutput = true })!);

    public async Task<int> PortAsync() =>
        int.Parse(Port().Match((await process.StandardOutput.ReadLineAsync())!).Groups[1].ValueSpan, CultureInfo.InvariantCulture);

    /// <summary>Waits for its end.</summary>
    /// <returns>The last line that it wrote.</returns>
    public async Task<string> ResultAsync()
    {
        var text = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return text.Trim();
    }

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited) process.Kill();
        await process.WaitForExitAsync();
        process.Dispose();
    }

    [GeneratedRegex(@":(\d+)$")]
    private static partial Regex Port();
}

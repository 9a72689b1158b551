using System.CommandLine;
using Chat.Daemon.Diagnostics;

namespace Chat.Daemon.CommandLine.Sdk;

/// <summary><c>sdk DIR</c>: lays out the packages that plugins are written with, and says what to do next.</summary>
internal static class SdkCommand
{
    public static Command Create(ProcessEnvironment around)
    {
        var folder = new Argument<string?>("DIR") { HelpName = "DIR", Arity = ArgumentArity.ZeroOrOne };
        var packages = new Option<string?>("--packages") { HelpName = "DIR", Description = around.Texts.SdkFrom };
        var command = new Command("sdk", around.Texts.Sdk) { folder, packages };
        command.SetAction(async (line, cancellation) =>
        {
            var given = line.GetValue(folder) ?? throw new StartupException(ExitStatus.WrongUsage, around.Texts.SdkFolderMissing);
            await WriteAsync(SdkFolder.At(Path.GetFullPath(given), around.Texts), SdkPackages.Find(line.GetValue(packages), around.Texts), around, cancellation);
            return ExitStatus.Ok;
        });
        return command;
    }

    private static async Task WriteAsync(SdkFolder folder, SdkPackages packages, ProcessEnvironment around, CancellationToken cancellation)
    {
        folder.Write(packages, await PackageSources.NamesAsync(Path.GetDirectoryName(folder.FullName) ?? folder.FullName, around.Texts, cancellation));
        if (around.Environment.TryGetValue("NUGET_PACKAGES", out var elsewhere) && elsewhere.Length > 0)
            await around.Error.WriteLineAsync(Printable.Escape(around.Texts.SdkRestoresElsewhere(elsewhere)));
        await around.Output.WriteLineAsync(Printable.Escape(around.Texts.SdkWritten(SdkPackages.Version, folder.FullName)));
        foreach (var next in new[] { $"cd \"{folder.FullName}\"", $"dotnet new install {SdkFolder.Packages}/{SdkPackages.Templates}", "dotnet new chat-plugin -n Dice", "dotnet build Dice" })
            await around.Output.WriteLineAsync($"  {Printable.Escape(next)}");
    }
}

using System.CommandLine;
using Chat.Daemon.Diagnostics;

namespace Chat.Daemon.CommandLine.Sdk;

/// <summary><c>sdk DIR</c>: writes the packages for plugin development and prints the next steps.</summary>
internal static class SdkCommand
{
    public static Command Create(ProcessEnvironment environment)
    {
        var folder = new Argument<string?>("DIR") { HelpName = "DIR", Arity = ArgumentArity.ZeroOrOne };
        var packages = new Option<string?>("--packages") { HelpName = "DIR", Description = environment.Texts.SdkFrom };
        var command = new Command("sdk", environment.Texts.Sdk) { folder, packages };
        command.SetAction(async (line, cancellation) =>
        {
            var given = line.GetValue(folder) ?? throw new StartupException(ExitStatus.WrongUsage, environment.Texts.SdkFolderMissing);
            var target = SdkFolder.At(Path.GetFullPath(given), environment.Texts);
            await WriteAsync(target, SdkPackages.Find(line.GetValue(packages), environment.Texts), environment, cancellation);
            return ExitStatus.Ok;
        });
        return command;
    }

    private static async Task WriteAsync(
        SdkFolder folder, SdkPackages packages, ProcessEnvironment environment, CancellationToken cancellation)
    {
        var parent = Path.GetDirectoryName(folder.FullName) ?? folder.FullName;
        folder.Write(packages, await PackageSources.NamesAsync(parent, environment.Texts, cancellation));
        if (environment.Variables.TryGetValue("NUGET_PACKAGES", out var elsewhere) && elsewhere.Length > 0)
            await environment.Error.WriteLineAsync(Printable.Escape(environment.Texts.SdkRestoresElsewhere(elsewhere)));
        await environment.Output.WriteLineAsync(Printable.Escape(environment.Texts.SdkWritten(SdkPackages.Version, folder.FullName)));
        string[] steps =
        [
            $"cd \"{folder.FullName}\"", $"dotnet new install {SdkFolder.Packages}/{SdkPackages.Templates}",
            "dotnet new chat-plugin -n Dice", "dotnet build Dice",
        ];
        foreach (var next in steps)
            await environment.Output.WriteLineAsync($"  {Printable.Escape(next)}");
    }
}

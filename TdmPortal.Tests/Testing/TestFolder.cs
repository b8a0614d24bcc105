namespace TdmPortal.Tests.Testing;

/// <summary>Temporary folders that the server's unprivileged user can reach: when root runs the tests, the server is another user.</summary>
public static class TestFolder
{
    public static string Create()
    {
        var folder = Directory.CreateTempSubdirectory("tdmportal-tests-").FullName;
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(folder, File.GetUnixFileMode(folder) | UnixFileMode.OtherExecute | UnixFileMode.GroupExecute);
        return folder;
    }
}

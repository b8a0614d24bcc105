# The portal alone; it needs a PostgreSQL (docker-compose.yml brings one). No secret is inside: all come from the environment.
FROM mcr.microsoft.com/dotnet/sdk:10.0 AS build
WORKDIR /src
# The restore is a layer of its own: it changes only when a package does.
COPY global.json Directory.Build.props Directory.Packages.props BannedSymbols.txt .editorconfig ./
COPY TdmPortal.Core/TdmPortal.Core.csproj TdmPortal.Core/
COPY TdmPortal.Postgres/TdmPortal.Postgres.csproj TdmPortal.Postgres/
COPY TdmPortal.Data/TdmPortal.Data.csproj TdmPortal.Data/
COPY TdmPortal.Web/TdmPortal.Web.csproj TdmPortal.Web/
RUN dotnet restore TdmPortal.Web/TdmPortal.Web.csproj
COPY appsettings.json ./
COPY samples samples
COPY TdmPortal.Core TdmPortal.Core
COPY TdmPortal.Postgres TdmPortal.Postgres
COPY TdmPortal.Data TdmPortal.Data
COPY TdmPortal.Web TdmPortal.Web
RUN dotnet publish TdmPortal.Web/TdmPortal.Web.csproj -c Release --no-restore -o /app

FROM mcr.microsoft.com/dotnet/aspnet:10.0
RUN apt-get update -qq && apt-get install -y -qq --no-install-recommends curl && rm -rf /var/lib/apt/lists/* \
    && mkdir /data && chown app:app /data
WORKDIR /app
COPY --from=build /app .
USER app
ENV PORTAL_PORT=8080 PORTAL_BIND=0.0.0.0 PORTAL_DATA=/data
VOLUME /data
EXPOSE 8080
HEALTHCHECK --interval=10s --timeout=3s --start-period=30s --retries=5 CMD curl -fsS http://127.0.0.1:8080/health/ready || exit 1
ENTRYPOINT ["dotnet", "TdmPortal.Web.dll"]
